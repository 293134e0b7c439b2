//! A text as a picture that a telephone reads, drawn by the server: dark on light in either scheme, as readers need it.

use leptos::prelude::*;
use qrcodegen::{QrCode, QrCodeEcc};

/// What stands around it, in modules: readers need four.
const QUIET: i32 = 4;

/// The picture; nothing for a text that is too long for one, which then has to be typed.
pub fn qr(label: impl Into<String>, text: &str) -> Option<AnyView> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let size = code.size() + 2 * QUIET;
    let label = label.into();
    let drawn = view! {
        <svg class="qr" role="img" aria-label=label viewBox=format!("0 0 {size} {size}") shape-rendering="crispEdges">
            <rect width=size.to_string() height=size.to_string() fill="#fff"></rect>
            <path d=path(&code) fill="#000"></path>
        </svg>
    };
    Some(drawn.into_any())
}

/// One step for each run of dark modules in a row.
fn path(code: &QrCode) -> String {
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let run = (x..code.size()).take_while(|x| code.get_module(*x, y)).count();
            if run > 0 {
                path.push_str(&format!("M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET));
            }
            x += i32::try_from(run).unwrap_or(0) + 1;
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dark_module_is_drawn_and_no_light_one() {
        let code = QrCode::encode_text("otpauth://totp/Tamuda:a%40b.c?secret=GEZDGNBV", QrCodeEcc::Medium).unwrap();
        let n_dark = (0..code.size()).flat_map(|y| (0..code.size()).map(move |x| (x, y)));
        let n_dark = n_dark.filter(|(x, y)| code.get_module(*x, *y)).count();
        let drawn = path(&code);
        let runs = drawn.split('h').skip(1).filter_map(|rest| rest.split('v').next()?.parse::<usize>().ok());
        assert_eq!(runs.sum::<usize>(), n_dark);
        assert!(drawn.starts_with("M4 4h7v1h-7z"), "the first finder begins beside the quiet zone: {drawn}");
    }

    #[test]
    fn a_text_that_is_too_long_has_no_picture() {
        assert!(qr("x", &"x".repeat(3000)).is_none());
    }
}
