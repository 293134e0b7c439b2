//! What two people sign: exactly that is done, once, and nobody signs their own.

use crate::{
    invoiced::{Books, at},
    world::{
        dice::{Dice, cases},
        patient,
    },
};
use domain::{
    Error, Result,
    access::policy::{CloseBilling, ReadInvoices, SignOff},
    commands::Command,
    invoices::ask_to_finalise,
    sign_off::{agree_limit, list_sign_off_limits, list_sign_offs, refuse, set_limit, sign, withdraw, withdraw_limit},
};
use futures_util::future::join_all;
use types::{
    AgreeSignOffLimit, Currency, FinaliseInvoice, InvoiceView, RefuseSignOff, SetSignOffLimit, SignBody, SignOffId,
    SignOffKind, SignOffLimitView, SignOffState, SignOffView,
};
use uuid::Uuid;

pub(crate) const LATER: &str = "2026-11-03T09:00:00Z";

/// Somebody else of finance.
pub(crate) const SECOND: &str = "second";

fn fresh(body: &impl serde::Serialize) -> Command {
    Command::new(&Uuid::now_v7().to_string(), "test", body).unwrap()
}

/// Books that two people of finance keep.
pub(crate) async fn kept_by_two() -> Books {
    let books = Books::open().await;
    for who in [SECOND, "third"] {
        let email = format!("{who}@hub.test");
        books.world.newcomer(&email).await;
        let sql =
            "INSERT INTO staff (user_id, role, since) SELECT id, 'finance', created_at FROM person WHERE email = $1";
        books.world.run(sql, [email.into()]).await;
    }
    books
}

/// Sets above which amount of MAD it takes two.
pub(crate) async fn limit(books: &Books, by: &str, kind: SignOffKind, micros: Option<i64>) -> Result<SignOffLimitView> {
    let survey = books.world.survey::<SignOff>(by).await;
    let ask = SetSignOffLimit { kind, currency: Currency::Mad, micros };
    let command = fresh(&ask);
    set_limit(&books.world.db, &survey, ask, command, at(LATER)).await
}

/// October with one GPU for ten hours, 360 MAD in all, not finalised.
async fn drafted(books: &Books) -> InvoiceView {
    books.usage(1, "2026-10-03T10:00:00Z", "2026-10-03T20:00:00Z").await;
    books.closed().await
}

pub(crate) async fn asked(books: &Books, draft: &InvoiceView) -> Result<SignOffView> {
    let scope = books.scope::<CloseBilling>("finance").await;
    let ask = FinaliseInvoice { invoice: draft.invoice.id, sha256: draft.sha256.clone() };
    let command = fresh(&ask);
    ask_to_finalise(&books.world.db, &scope, ask, command, at(LATER)).await
}

pub(crate) async fn signed(books: &Books, by: &str, of: &SignOffView) -> Result<SignOffView> {
    let scope = books.scope::<SignOff>(by).await;
    let seen = SignBody { sha256: of.body_sha256.clone() };
    sign(&books.world.db, &scope, of.id, &seen, at(LATER)).await
}

async fn refused(books: &Books, by: &str, id: SignOffId) -> Result<SignOffView> {
    let scope = books.scope::<SignOff>(by).await;
    let ask = RefuseSignOff { reason: "the price is wrong".to_owned() };
    refuse(&books.world.db, &scope, id, &ask, at(LATER)).await
}

async fn withdrawn(books: &Books, by: &str, id: SignOffId) -> Result<SignOffView> {
    let scope = books.scope::<SignOff>(by).await;
    withdraw(&books.world.db, &scope, id, at(LATER)).await
}

/// What the desk lists.
async fn waiting(books: &Books) -> Vec<(SignOffId, SignOffState)> {
    let survey = books.world.survey::<ReadInvoices>("auditor").await;
    let open = books.world.db.survey(&survey, at(LATER)).await.unwrap();
    let list = list_sign_offs(&open, &survey).await.unwrap();
    list.items.into_iter().map(|review| (review.sign_off.id, review.sign_off.state)).collect()
}

/// Changes something of the buyer, and so the document, once in three times; whether it did.
async fn change(books: &Books, dice: &mut Dice) -> bool {
    let changes = dice.roll(3) == 0;
    if changes {
        let sql = "UPDATE organisation SET legal_name = legal_name || ' AU' WHERE id = $1";
        books.world.run(sql, [books.tenant.id.into()]).await;
    }
    changes
}

#[tokio::test]
async fn above_the_limit_a_draft_is_finalised_once_somebody_else_has_signed_exactly_it() {
    let books = kept_by_two().await;
    let draft = drafted(&books).await;
    // What is just the limit needs nobody.
    limit(&books, "finance", SignOffKind::Finalise, Some(360_000_000)).await.unwrap();
    let unneeded = asked(&books, &draft).await;
    assert!(matches!(unneeded, Err(Error::Conflict("sign-off-not-needed"))), "{unneeded:?}");
    limit(&books, "finance", SignOffKind::Finalise, Some(359_990_000)).await.unwrap();
    let alone = books.finalise(draft.invoice.id, LATER).await;
    let (total, most) = (books.money(360_000_000), books.money(359_990_000));
    assert!(
        matches!(&alone, Err(Error::SignOffNeeded { amount, limit }) if (*amount, *limit) == (total, most)),
        "{alone:?}"
    );
    let open = asked(&books, &draft).await.unwrap();
    assert_eq!(
        (open.state, open.amount, open.subject.clone()),
        (SignOffState::Open, total, draft.invoice.id.to_string())
    );
    assert_eq!(waiting(&books).await, [(open.id, SignOffState::Open)]);
    let twice = asked(&books, &draft).await;
    assert!(matches!(twice, Err(Error::Conflict("sign-off-asked-already"))), "{twice:?}");
    assert!(matches!(books.finalise(draft.invoice.id, LATER).await, Err(Error::SignOffNeeded { .. })));
    signed(&books, SECOND, &open).await.unwrap();
    assert_eq!(waiting(&books).await, [(open.id, SignOffState::Signed)]);
    let issued = books.finalise(draft.invoice.id, LATER).await.unwrap();
    assert_eq!(issued.document.number.as_deref(), Some("TM-2026-000001"));
    assert!(waiting(&books).await.is_empty());
    let late = signed(&books, "third", &open).await;
    assert!(matches!(late, Err(Error::Conflict("sign-off-decided"))), "{late:?}");
}

#[tokio::test]
async fn nobody_signs_or_refuses_what_they_asked_for_and_the_database_itself_knows_no_such_signature() {
    let books = kept_by_two().await;
    let draft = drafted(&books).await;
    limit(&books, "finance", SignOffKind::Finalise, Some(0)).await.unwrap();
    let open = asked(&books, &draft).await.unwrap();
    for own in [signed(&books, "finance", &open).await, refused(&books, "finance", open.id).await] {
        assert!(matches!(own, Err(Error::Conflict("sign-off-own"))), "{own:?}");
    }
    for sql in [
        "UPDATE sign_off SET state = 'signed', signed_by = asked_by, signed_at = asked_at WHERE id = $1",
        "UPDATE sign_off SET state = 'refused', refused_by = asked_by, refused_at = asked_at, ended_at = asked_at,
             reason = 'x' WHERE id = $1",
        "UPDATE sign_off SET body_sha256 = repeat('1', 64) WHERE id = $1",
        "UPDATE sign_off SET amount = 1 WHERE id = $1",
        "UPDATE sign_off SET state = 'used', ended_at = asked_at WHERE id = $1",
    ] {
        assert!(books.world.try_run(sql, [open.id.into()]).await.is_err(), "{sql}");
    }
    assert_eq!(waiting(&books).await, [(open.id, SignOffState::Open)]);
}

#[tokio::test]
async fn a_document_that_changed_is_never_finalised_under_an_old_signature() {
    let books = kept_by_two().await;
    limit(&books, "finance", SignOffKind::Finalise, Some(0)).await.unwrap();
    for (case, mut dice) in cases() {
        let books = books.another(case.word("signed")).await;
        let hours = 1 + dice.roll(20);
        let end = at("2026-10-03T00:00:00Z").plus_seconds(hours * 3600).to_string();
        books.usage(1, "2026-10-03T00:00:00Z", &end).await;
        let draft = books.closed().await;
        if change(&books, &mut dice).await {
            let early = asked(&books, &draft).await;
            assert!(matches!(early, Err(Error::Changed)), "{early:?}");
            continue;
        }
        let open = asked(&books, &draft).await.unwrap();
        let was_changed = change(&books, &mut dice).await;
        let mut is_signed = false;
        if dice.roll(4) > 0 {
            let outcome = signed(&books, SECOND, &open).await;
            is_signed = outcome.is_ok();
            assert_eq!(is_signed, !was_changed, "{outcome:?}");
        }
        let was_changed = change(&books, &mut dice).await || was_changed;
        let seen = books.finalise(draft.invoice.id, LATER).await;
        assert_eq!(seen.is_ok(), is_signed && !was_changed, "{seen:?}");
        if seen.is_ok() {
            continue;
        }
        let old = books.finalise_seen(draft.invoice.id, &open.body_sha256, LATER).await;
        assert!(matches!(old, Err(Error::Changed | Error::SignOffNeeded { .. })), "{old:?}");
        if was_changed {
            // What it is now can be asked for, and the old one is void then.
            let anew = asked(&books, &books.invoice(draft.invoice.id).await).await.unwrap();
            let old = signed(&books, SECOND, &open).await;
            assert!(matches!(old, Err(Error::Conflict("sign-off-decided"))), "{old:?}");
            signed(&books, SECOND, &anew).await.unwrap();
            books.finalise(draft.invoice.id, LATER).await.unwrap();
        }
    }
    books.world.assert_balanced().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_who_decide_at_once_one_does() {
    let books = kept_by_two().await;
    limit(&books, "finance", SignOffKind::Finalise, Some(0)).await.unwrap();
    let draft = drafted(&books).await;
    let open = asked(&books, &draft).await.unwrap();
    let deciding = (0..20).map(|n| {
        let (books, open) = (&books, &open);
        async move {
            let who = if n % 2 == 0 { SECOND } else { "third" };
            let decide = async || match n % 3 {
                0 => refused(books, who, open.id).await,
                _ => signed(books, who, open).await,
            };
            patient(decide).await
        }
    });
    let done: Vec<_> = join_all(deciding).await.into_iter().filter(|outcome| outcome.is_ok()).collect();
    assert_eq!(done.len(), 1, "{done:?}");
}

#[tokio::test]
async fn who_asked_takes_it_back_the_second_refuses_with_a_reason_and_either_way_it_is_asked_anew() {
    let books = kept_by_two().await;
    limit(&books, "finance", SignOffKind::Finalise, Some(0)).await.unwrap();
    let draft = drafted(&books).await;
    let first = asked(&books, &draft).await.unwrap();
    let stranger = withdrawn(&books, SECOND, first.id).await;
    assert!(matches!(stranger, Err(Error::Conflict("sign-off-not-yours"))), "{stranger:?}");
    // A signature can be taken back by who asked too, as long as nothing was done with it.
    signed(&books, SECOND, &first).await.unwrap();
    assert_eq!(withdrawn(&books, "finance", first.id).await.unwrap().state, SignOffState::Withdrawn);
    assert!(matches!(books.finalise(draft.invoice.id, LATER).await, Err(Error::SignOffNeeded { .. })));
    let second = asked(&books, &draft).await.unwrap();
    let outcome = refused(&books, SECOND, second.id).await.unwrap();
    assert_eq!((outcome.state, outcome.reason.as_deref()), (SignOffState::Refused, Some("the price is wrong")));
    assert!(matches!(books.finalise(draft.invoice.id, LATER).await, Err(Error::SignOffNeeded { .. })));
    let third = asked(&books, &draft).await.unwrap();
    signed(&books, SECOND, &third).await.unwrap();
    books.finalise(draft.invoice.id, LATER).await.unwrap();
}

#[tokio::test]
async fn everybody_of_finance_but_who_asked_is_told_that_a_signature_waits() {
    let books = kept_by_two().await;
    limit(&books, "finance", SignOffKind::Finalise, Some(0)).await.unwrap();
    let draft = drafted(&books).await;
    let open = asked(&books, &draft).await.unwrap();
    let sql = "SELECT recipient, payload FROM outbox WHERE kind = 'sign-off-waits' ORDER BY recipient";
    let told = books.world.database().rows(sql).await.unwrap();
    let readers: Vec<_> = told.iter().map(|row| row["recipient"].as_str().unwrap()).collect();
    assert_eq!(readers, ["second@hub.test", "third@hub.test"]);
    let id = open.id.to_string();
    let facts = [("word", "finalise"), ("by", "finance@hub.test"), ("slug", "atlas"), ("amount", "360000000 MAD")];
    for (name, said) in facts.into_iter().chain([("sign_off", id.as_str())]) {
        assert_eq!(told[0]["payload"][name], said, "{told:?}");
    }
}

#[tokio::test]
async fn whoever_can_agree_to_a_looser_limit_is_told_once_and_nobody_of_a_stricter_one() {
    let books = kept_by_two().await;
    let told = async || {
        let sql = "SELECT recipient, payload FROM outbox WHERE kind = 'sign-off-limit-waits'
                   ORDER BY payload ->> 'wanted', recipient";
        books.world.database().rows(sql).await.unwrap()
    };
    limit(&books, "finance", SignOffKind::Refund, Some(500)).await.unwrap();
    assert!(told().await.is_empty(), "it holds already");
    let survey = books.world.survey::<SignOff>("finance").await;
    let ask = SetSignOffLimit { kind: SignOffKind::Refund, currency: Currency::Mad, micros: None };
    let command = fresh(&ask);
    for _ in 0..2 {
        set_limit(&books.world.db, &survey, ask.clone(), command.clone(), at(LATER)).await.unwrap();
    }
    // What is asked for instead is told to who asked before, too.
    limit(&books, SECOND, SignOffKind::Refund, Some(900)).await.unwrap();
    let told = told().await;
    let said = |row: &serde_json::Value| {
        let fact = |name: &str| row["payload"][name].as_str().unwrap().to_owned();
        [row["recipient"].as_str().unwrap().to_owned(), fact("by"), fact("present"), fact("wanted")]
    };
    assert_eq!(
        told.iter().map(said).collect::<Vec<_>>(),
        [
            ["second@hub.test", "finance@hub.test", "500 MAD", ""],
            ["third@hub.test", "finance@hub.test", "500 MAD", ""],
            ["finance@hub.test", "second@hub.test", "500 MAD", "900 MAD"],
            ["third@hub.test", "second@hub.test", "500 MAD", "900 MAD"],
        ]
    );
    assert!(told.iter().all(|row| row["payload"]["word"] == "refund" && row["payload"]["currency"] == "MAD"));
}

#[tokio::test]
async fn a_stricter_limit_holds_at_once_and_a_looser_one_once_somebody_else_agreed() {
    let books = kept_by_two().await;
    let which = (SignOffKind::Finalise, Currency::Mad);
    let set = async |by: &str, micros| limit(&books, by, SignOffKind::Finalise, micros).await;
    assert_eq!(set("finance", Some(500)).await.unwrap().amount, Some(books.money(500)));
    let same = set("finance", Some(500)).await;
    assert!(matches!(same, Err(Error::Conflict("sign-off-limit-same"))), "{same:?}");
    assert!(matches!(set("finance", Some(-1)).await, Err(Error::Invalid { field: "micros", .. })));
    let seen = |micros| AgreeSignOffLimit { micros };
    for looser in [Some(501), None] {
        let waits = set("finance", looser).await.unwrap();
        assert_eq!(waits.amount, Some(books.money(500)), "it holds as before");
        assert_eq!(waits.waiting.map(|waiting| waiting.amount), Some(looser.map(|micros| books.money(micros))));
        let own = books.world.survey::<SignOff>("finance").await;
        let own = agree_limit(&books.world.db, &own, which, &seen(looser), at(LATER)).await;
        assert!(matches!(own, Err(Error::Conflict("sign-off-own"))), "{own:?}");
    }
    let second = books.world.survey::<SignOff>(SECOND).await;
    // Who looked at the first one does not agree to what was asked for since.
    let other = agree_limit(&books.world.db, &second, which, &seen(Some(501)), at(LATER)).await;
    assert!(matches!(other, Err(Error::Changed)), "{other:?}");
    let agreed = agree_limit(&books.world.db, &second, which, &seen(None), at(LATER)).await;
    assert_eq!(agreed.unwrap().amount, None);
    let over = agree_limit(&books.world.db, &second, which, &seen(None), at(LATER)).await;
    assert!(matches!(over, Err(Error::NotFound)), "{over:?}");
    // A stricter one ends what waits, and what waits is taken back.
    set("finance", Some(500)).await.unwrap();
    set("finance", Some(600)).await.unwrap();
    assert_eq!(set(SECOND, Some(400)).await.unwrap().waiting, None);
    set("finance", Some(900)).await.unwrap();
    assert_eq!(withdraw_limit(&books.world.db, &second, which, at(LATER)).await.unwrap().waiting, None);
    let survey = books.world.survey::<ReadInvoices>("auditor").await;
    let open = books.world.db.survey(&survey, at(LATER)).await.unwrap();
    let limits = list_sign_off_limits(&open, &survey).await.unwrap().items;
    assert_eq!(limits.len(), 12);
    let held: Vec<_> = limits.iter().filter_map(|limit| limit.amount).collect();
    assert_eq!(held, [books.money(400)]);
}
