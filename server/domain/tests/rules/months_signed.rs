//! Months that two people close: exactly what was signed is closed, and who can sign is told.

use domain::{
    Error, Result,
    access::policy::{CloseBilling, SignOff},
    months::ask_to_close,
    sign_off::{refuse_close, sign_close, withdraw_close},
};
use types::{MonthState, RefuseSignOff, SignBody, SignOffKind, SignOffState, SignOffView};

use crate::{
    invoiced::{Books, at},
    months::{KNOWN, LATER, MONTH, close, close_periods, command, open},
    sign_offs::{SECOND, kept_by_two, limit},
};

/// October with two GPUs for ten hours, 720 MAD in all, of which nothing is left to do.
async fn ready() -> Books {
    let books = kept_by_two().await;
    books.usage(2, "2026-10-03T10:00:00Z", "2026-10-03T20:00:00Z").await;
    let draft = books.closed().await.invoice.id;
    close_periods(&Books { world: books.world.clone(), tenant: books.world.breton }).await;
    open(&books, MONTH, KNOWN).await.unwrap();
    books.finalise(draft, LATER).await.unwrap();
    books
}

async fn asked(books: &Books) -> Result<SignOffView> {
    let survey = books.world.survey::<CloseBilling>("finance").await;
    ask_to_close(&books.world.db, &survey, MONTH, command(&MONTH), at(LATER)).await
}

async fn signed(books: &Books, by: &str, sha256: &str) -> Result<SignOffView> {
    let survey = books.world.survey::<SignOff>(by).await;
    sign_close(&books.world.db, &survey, MONTH, &SignBody { sha256: sha256.to_owned() }, at(LATER)).await
}

async fn refused(books: &Books, by: &str, reason: &str) -> Result<SignOffView> {
    let survey = books.world.survey::<SignOff>(by).await;
    let ask = RefuseSignOff { reason: reason.to_owned() };
    refuse_close(&books.world.db, &survey, MONTH, &ask, at(LATER)).await
}

async fn needs_two(books: &Books) -> bool {
    matches!(close(books, LATER).await, Err(Error::SignOffNeeded { .. }))
}

#[tokio::test]
async fn a_month_above_the_limit_is_closed_by_one_and_signed_by_another() {
    let books = ready().await;
    // What is just the limit needs nobody.
    limit(&books, "finance", SignOffKind::Close, Some(720_000_000)).await.unwrap();
    let unneeded = asked(&books).await;
    assert!(matches!(unneeded, Err(Error::Conflict("sign-off-not-needed"))), "{unneeded:?}");
    limit(&books, "finance", SignOffKind::Close, Some(719_990_000)).await.unwrap();
    let (total, most) = (books.money(720_000_000), books.money(719_990_000));
    let alone = close(&books, LATER).await;
    assert!(
        matches!(alone, Err(Error::SignOffNeeded { amount, limit }) if (amount, limit) == (total, most)),
        "{alone:?}"
    );
    let nothing = signed(&books, SECOND, "").await;
    assert!(matches!(nothing, Err(Error::NotFound)), "{nothing:?}");
    let first = asked(&books).await.unwrap();
    assert_eq!((first.state, first.kind, first.subject.as_str()), (SignOffState::Open, SignOffKind::Close, MONTH));
    assert_eq!(first.close.as_ref().map(|month| month.invoiced.clone()), Some(vec![total]));
    let twice = asked(&books).await;
    assert!(matches!(twice, Err(Error::Conflict("sign-off-asked-already"))), "{twice:?}");
    for own in [signed(&books, "finance", &first.body_sha256).await, refused(&books, "finance", "no").await] {
        assert!(matches!(own, Err(Error::Conflict("sign-off-own"))), "{own:?}");
    }
    assert!(matches!(refused(&books, SECOND, " ").await, Err(Error::Invalid { field: "reason", .. })));
    assert_eq!(refused(&books, SECOND, "a draft is missing").await.unwrap().state, SignOffState::Refused);
    assert!(needs_two(&books).await);
    let second = asked(&books).await.unwrap();
    assert!(matches!(signed(&books, SECOND, "another").await, Err(Error::Changed)));
    signed(&books, SECOND, &second.body_sha256).await.unwrap();
    let own = books.world.survey::<SignOff>("finance").await;
    let back = withdraw_close(&books.world.db, &own, MONTH, at(LATER)).await.unwrap();
    assert_eq!(back.state, SignOffState::Withdrawn);
    assert!(needs_two(&books).await, "who asked took it back");
    let third = asked(&books).await.unwrap();
    signed(&books, SECOND, &third.body_sha256).await.unwrap();
    assert_eq!(close(&books, LATER).await.unwrap().month.state, MonthState::Closed);
    assert!(matches!(asked(&books).await, Err(Error::Conflict("month-is-closed"))));
    // Two others of finance were told, each time.
    let told = "SELECT count(*) AS n FROM outbox WHERE kind = 'sign-off-waits' AND payload ->> 'month' = $1";
    assert_eq!(books.world.number(told, [MONTH.into()]).await, 6);
}

#[tokio::test]
async fn a_month_in_which_more_was_invoiced_since_is_not_closed_under_an_old_signature() {
    let books = ready().await;
    limit(&books, "finance", SignOffKind::Close, Some(0)).await.unwrap();
    let old = asked(&books).await.unwrap();
    let survey = books.world.survey::<SignOff>(SECOND).await;
    let seen = SignBody { sha256: old.body_sha256.clone() };
    for other in ["2026-1-0", "202610", "2026-10/x"] {
        let unknown = sign_close(&books.world.db, &survey, other, &seen, at(LATER)).await;
        assert!(matches!(unknown, Err(Error::NotFound)), "{other}: {unknown:?}");
    }
    signed(&books, SECOND, &old.body_sha256).await.unwrap();
    let other = books.another("late").await;
    other.usage(1, "2026-10-05T10:00:00Z", "2026-10-05T11:00:00Z").await;
    let draft = other.closed().await.invoice.id;
    assert!(matches!(close(&books, LATER).await, Err(Error::MonthNotReady { .. })));
    other.finalise(draft, LATER).await.unwrap();
    assert!(needs_two(&books).await);
    let anew = asked(&books).await.unwrap();
    assert_ne!(anew.body_sha256, old.body_sha256);
    signed(&books, SECOND, &anew.body_sha256).await.unwrap();
    close(&books, LATER).await.unwrap();
}
