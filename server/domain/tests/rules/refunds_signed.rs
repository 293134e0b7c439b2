//! Refunds that two people sign: above the limit exactly what was signed goes back, and once.

use domain::{Error, Result, access::policy::CloseBilling, refunds::ask_to_refund};
use types::{AskRefund, SignOffKind, SignOffState, SignOffView};

use crate::{
    invoiced::Books,
    paid::Double,
    received::command,
    refunded::{ask, mad, of_payment, paid, refunded},
    sign_offs::{SECOND, kept_by_two, limit, signed},
    world::{dice::cases, noon},
};

async fn to_sign(books: &Books, ask: AskRefund) -> Result<SignOffView> {
    let scope = books.scope::<CloseBilling>("finance").await;
    ask_to_refund(&books.world.db, &scope, ask, command("ask_to_refund"), noon()).await
}

#[tokio::test]
async fn above_the_limit_one_signature_is_good_for_one_refund_of_exactly_what_was_signed() {
    let (books, double) = (kept_by_two().await, Double::default());
    let world = &books.world;
    let payment = paid(world, &double, "k", 30_000).await;
    limit(&books, "finance", SignOffKind::Refund, Some(100_000_000)).await.unwrap();
    // What is just the limit needs nobody.
    let unneeded = to_sign(&books, of_payment(payment, Some(mad(10_000)))).await;
    assert!(matches!(unneeded, Err(Error::Conflict("sign-off-not-needed"))), "{unneeded:?}");
    ask(world, of_payment(payment, Some(mad(10_000)))).await.unwrap();
    let all = of_payment(payment, None);
    let alone = ask(world, all.clone()).await;
    assert!(
        matches!(alone, Err(Error::SignOffNeeded { amount, limit }) if (amount, limit) == (mad(20_000), mad(10_000))),
        "{alone:?}"
    );
    let open = to_sign(&books, all.clone()).await.unwrap();
    assert_eq!((open.state, open.amount), (SignOffState::Open, mad(20_000)));
    assert_eq!(open.subject, payment.to_string());
    assert_eq!(open.refund, Some(of_payment(payment, Some(mad(20_000)))), "with how much all of it is");
    let own = signed(&books, "finance", &open).await;
    assert!(matches!(own, Err(Error::Conflict("sign-off-own"))), "{own:?}");
    assert!(matches!(ask(world, all.clone()).await, Err(Error::SignOffNeeded { .. })), "nobody has signed");
    signed(&books, SECOND, &open).await.unwrap();
    for other in
        [of_payment(payment, Some(mad(19_999))), AskRefund { reason: "they asked nicely".to_owned(), ..all.clone() }]
    {
        let other = ask(world, other).await;
        assert!(matches!(other, Err(Error::SignOffNeeded { .. })), "{other:?}");
    }
    assert_eq!(refunded(world, payment).await, 10_000, "what was refused gave nothing back");
    assert_eq!(ask(world, all).await.unwrap().amount, mad(20_000));
    assert_eq!(refunded(world, payment).await, 30_000);
    world.assert_balanced().await;
}

#[tokio::test]
async fn nothing_above_the_limit_goes_back_but_what_somebody_else_signed() {
    let (books, double) = (kept_by_two().await, Double::default());
    let world = &books.world;
    limit(&books, "finance", SignOffKind::Refund, Some(0)).await.unwrap();
    for (case, mut dice) in cases() {
        let minor = 1_000 + dice.roll(50_000);
        let payment = paid(world, &double, case.word("card"), minor).await;
        let part = mad(1 + dice.roll(minor - 1));
        let wanted = of_payment(payment, Some(part));
        let open = to_sign(&books, wanted.clone()).await.unwrap();
        let is_signed = dice.roll(2) == 0;
        if is_signed {
            signed(&books, SECOND, &open).await.unwrap();
        }
        let other = AskRefund { reason: "something else".to_owned(), ..wanted.clone() };
        let asks = if dice.roll(2) == 0 { [wanted, other] } else { [other, wanted] };
        let mut n_given = 0;
        for asked in asks.iter().chain(&asks) {
            match ask(world, asked.clone()).await {
                Ok(given) => {
                    assert_eq!((given.amount, given.reason.as_str()), (part, "paid by mistake"));
                    n_given += 1;
                }
                // Where more went back than is left, that is said first.
                Err(Error::SignOffNeeded { .. } | Error::Invalid { field: "amount", .. }) => {}
                Err(error) => panic!("{error:?}"),
            }
        }
        assert_eq!(n_given, i64::from(is_signed));
        assert_eq!(refunded(world, payment).await, n_given * part.micros / 10_000);
    }
    world.assert_balanced().await;
}
