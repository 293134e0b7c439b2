//! Tables as files for spreadsheets and programs: RFC 4180, UTF-8, commas. Written piece by piece, so that a long one takes
//! no memory.

use axum::{
    body::Body,
    http::header,
    response::{IntoResponse, Response},
};
use domain::{Error, Result};
use futures_util::{Stream, StreamExt, stream};
use session::Refused;
use types::{Cursor, List};

/// Rows that are read at once.
const PAGE: u16 = 200;

/// The lines of rows. A cell that a spreadsheet would take for a formula gets an apostrophe before it; a number below zero
/// is none.
///
/// # Errors
/// Only where memory cannot be written to.
pub(crate) fn lines<const N: usize>(rows: impl IntoIterator<Item = [String; N]>) -> Result<String> {
    let broken = |error: &dyn std::fmt::Display| Error::Corrupt(format!("lines of a table: {error}"));
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        writer.write_record(row.map(plain)).map_err(|error| broken(&error))?;
    }
    let bytes = writer.into_inner().map_err(|error| broken(&error))?;
    String::from_utf8(bytes).map_err(|error| broken(&error))
}

/// A file called `name`, to be kept by whoever asked for it and by no cache: its first lines, then those that follow.
pub(crate) fn file(name: &str, first: String, rest: impl Stream<Item = Result<String>> + Send + 'static) -> Response {
    let body = Body::from_stream(stream::iter([Ok(first)]).chain(rest));
    let head = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8; header=present".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (head, body).into_response()
}

/// All rows that `read` gives page by page, worded by `lines`, as a file that begins with `head`. What is refused at the
/// first page is refused; later the file breaks off, so that it does not seem whole.
///
/// # Errors
/// Those of the first page.
pub(crate) async fn paged<T, F, P, L>(
    name: &str,
    head: String,
    read: F,
    lines: L,
) -> std::result::Result<Response, Refused>
where
    T: Send + 'static,
    F: Fn(Cursor) -> P + Send + 'static,
    P: Future<Output = Result<List<T>>> + Send + 'static,
    L: Fn(&[T]) -> Result<String> + Clone + Send + 'static,
{
    let page = |cursor| Cursor { cursor, limit: Some(PAGE) };
    let first = read(page(None)).await?;
    let first_lines = head + &lines(&first.items)?;
    let rest = stream::try_unfold(first.next_cursor, move |next| {
        let (reading, lines) = (next.map(|next| read(page(Some(next)))), lines.clone());
        async move {
            let Some(reading) = reading else { return Ok(None) };
            let page = reading.await?;
            Ok::<_, Error>(Some((lines(&page.items)?, page.next_cursor)))
        }
    });
    Ok(file(name, first_lines, rest))
}

/// A number of parts with so many decimals, without those that say nothing: 1,500,000 of six are 1.5.
pub(crate) fn decimal(amount: i128, decimals: u8) -> String {
    let unit = 10u128.pow(decimals.into());
    let (whole, part) = (amount.unsigned_abs() / unit, amount.unsigned_abs() % unit);
    let sign = if amount < 0 { "-" } else { "" };
    let part = format!("{part:0width$}", width = usize::from(decimals));
    match part.trim_end_matches('0') {
        "" => format!("{sign}{whole}"),
        part => format!("{sign}{whole}.{part}"),
    }
}

fn plain(cell: String) -> String {
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && !is_below_zero(&cell);
    if is_formula { format!("'{cell}") } else { cell }
}

fn is_below_zero(cell: &str) -> bool {
    let Some(number) = cell.strip_prefix('-') else { return false };
    let (whole, part) = number.split_once('.').unwrap_or((number, "0"));
    [whole, part].iter().all(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_keep_their_commas_quotes_and_breaks_and_calculate_nothing() {
        let row = |cells: [&str; 3]| cells.map(str::to_owned);
        let text = lines([
            row(["a, b", "say \"x\"", "two\r\nlines"]),
            row(["=1+1", "+212 5", "-1+1"]),
            row(["-1", "-0.000005", "-1.2.3"]),
            row(["-", "-.5", "-5."]),
            row(["@sum", "\tx", "الريف"]),
            row(["", "a=b", " =c"]),
        ]);
        let expected = [
            "\"a, b\",\"say \"\"x\"\"\",\"two\r\nlines\"",
            "'=1+1,'+212 5,'-1+1",
            "-1,-0.000005,'-1.2.3",
            "'-,'-.5,'-5.",
            "'@sum,'\tx,الريف",
            ",a=b, =c",
            "",
        ];
        assert_eq!(text.unwrap(), expected.join("\r\n"));
    }

    #[test]
    fn numbers_have_a_point_no_exponent_and_no_sign_but_minus() {
        assert_eq!(decimal(30_000_000, 6), "30");
        assert_eq!(decimal(1_500_000, 6), "1.5");
        assert_eq!(decimal(-5, 6), "-0.000005");
        assert_eq!(decimal(0, 9), "0");
        assert_eq!(decimal(500_000_001, 9), "0.500000001");
        assert_eq!(decimal(200_000, 4), "20");
    }
}
