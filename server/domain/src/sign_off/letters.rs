//! What those of the hub read who can sign, or agree to, what somebody else asked for.

use serde_json::json;
use types::{Currency, LetterKind, SignOffKind, SignOffView};

use super::Books;
use crate::{Open, Result, access::policy::SignOff, mail};

/// That a signature waits for a second person; who asked is not written to.
pub(super) async fn waits_in(books: Books<'_>, of: &SignOffView) -> Result<()> {
    let (organisation, slug) = match books {
        Books::Of(tx) => {
            let named = mail::named_in(tx).await?;
            (named.name, named.slug)
        }
        Books::Hub(..) => (String::new(), String::new()),
    };
    let facts = json!({
        "word": of.kind.word(),
        "organisation": organisation,
        "slug": slug,
        "sign_off": of.id,
        "month": of.close.as_ref().map_or("", |close| close.month.as_str()),
        "amount": format!("{} {}", of.amount.micros, of.amount.currency.word()),
    });
    mail::post_to_staff_in::<SignOff>(books.open(), LetterKind::SignOffWaits, facts).await
}

/// That a looser limit than the present one waits for a second person; who asked is not written to.
pub(super) async fn limit_waits_in(
    open: &Open,
    (kind, currency): (SignOffKind, Currency),
    present: Option<i64>,
    wanted: Option<i64>,
) -> Result<()> {
    let said = |micros: Option<i64>| micros.map_or_else(String::new, |micros| format!("{micros} {}", currency.word()));
    let facts = json!({
        "word": kind.word(),
        "currency": currency.word(),
        "present": said(present),
        "wanted": said(wanted),
    });
    mail::post_to_staff_in::<SignOff>(open, LetterKind::SignOffLimitWaits, facts).await
}
