//! Files that no bank wrote: whatever the bytes, reading them ends with statements whose sums hold, or with an error
//! that says where and what next.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use payments::{Format, MAX_BYTES, Mapping, Statement, parse, suggest};
use proptest::prelude::*;
use types::Currency;

const SAMPLES: [&str; 4] = [
    include_str!("samples/camt.053.001.02.xml"),
    include_str!("samples/camt.053.001.08.xml"),
    include_str!("samples/mt940.sta"),
    include_str!("samples/sheet.csv"),
];

fn mapping() -> Mapping {
    suggest(SAMPLES[3].as_bytes(), "1", Currency::Mad).unwrap()
}

fn hold(statements: &[Statement]) {
    assert!(!statements.is_empty());
    for statement in statements {
        assert!(statement.lines.iter().all(|line| line.identity.len() == 32 && line.currency == statement.currency));
        let sum = statement.lines.iter().map(|line| line.amount).sum::<i64>();
        if let (Some(opening), Some(closing)) = (statement.opening, statement.closing) {
            assert_eq!(opening.amount + sum, closing.amount);
        }
    }
}

/// Reads it as each format, and as what is suggested for it.
fn read(bytes: &[u8]) {
    let suggested = suggest(bytes, "1", Currency::Eur);
    let known = mapping();
    let mappings = suggested.as_ref().ok().into_iter().chain([&known]).map(Format::Csv);
    for format in mappings.chain([Format::Camt053, Format::Mt940]) {
        match parse(bytes, format) {
            Ok(statements) => hold(&statements),
            Err(error) => assert!(error.to_string().ends_with(error.fault.next())),
        }
    }
}

/// What happens to a sample: some bytes at a place become others.
type Change = (prop::sample::Index, usize, Vec<u8>);

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let words = [
        "<",
        ">",
        "&",
        "&#1;",
        "<Ntry>",
        "</Ntry>",
        "<![CDATA[",
        ":",
        "\n:61:",
        "\n-",
        ";",
        "\"",
        "\n",
        ",",
        "-",
        "9999999999999999",
        "\u{0}",
        "É",
        "?",
        "?20",
        "{4:",
    ];
    let word = prop::sample::select(words.to_vec()).prop_map(|word| word.as_bytes().to_vec());
    let bytes = prop_oneof![word, prop::collection::vec(any::<u8>(), 0..4)];
    prop::collection::vec((any::<prop::sample::Index>(), 0..40_usize, bytes), 1..6)
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        read(&bytes);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[<>/&;:,?!\\-{}\"A-Za-z0-9 \n\r.]{0,400}") {
        read(text.as_bytes());
    }

    #[test]
    fn damaged_samples_are_read_or_refused(sample in 0..4_usize, changes in changes()) {
        let mut bytes = SAMPLES[sample].as_bytes().to_vec();
        for (place, length, replacement) in changes {
            let start = place.index(bytes.len() + 1);
            let end = (start + length).min(bytes.len());
            bytes.splice(start..end, replacement);
        }
        read(&bytes);
    }
}

#[test]
fn what_is_too_large_or_empty_is_refused() {
    for bytes in [vec![b'x'; MAX_BYTES + 1], Vec::new(), b" \n".to_vec()] {
        assert!(parse(&bytes, Format::Camt053).is_err());
        assert!(suggest(&bytes, "1", Currency::Mad).is_err());
    }
}

/// What takes time with the square of its length takes minutes here, all else seconds.
#[test]
fn what_is_long_in_one_way_takes_no_more_time_than_its_length() {
    let fill = |start: &str, piece: &str| format!("{start}{}", piece.repeat(100_000 / piece.len()));
    let started = std::time::Instant::now();
    for text in [
        fill("", "<a>"),
        fill("<a>", "<b/>"),
        fill("<a ", "b='' "),
        fill("<a", " xmlns:b=''"),
        fill("", "&"),
        fill("", ";"),
        fill("", ";\n"),
        fill("Date;Amount\n", "1;2\n"),
        fill(":20:\n", ":61:\n"),
        fill(":20:x\n:25:x\n:60F:C261101MAD1,\n", ":61:261102C1,NTRFx\n"),
        fill(":20:\n:86:", "x\n"),
        fill(":20:\n", "?20"),
    ] {
        read(text.as_bytes());
    }
    assert!(started.elapsed() < std::time::Duration::from_secs(60), "{:?}", started.elapsed());
}
