//! The spending limit on the wallet's page: set and taken away by a form, read by who may not set it.

use axum::http::StatusCode;

use crate::{LOCALES, portal::TestPortal};

const WALLET: &str = "/o/atlas/wallet";
const FORM: &str = "/o/atlas/wallet/limit";

#[tokio::test]
async fn the_limit_is_set_by_its_form_shown_to_who_sees_the_balance_and_taken_away_by_an_empty_maximum() {
    let portal = TestPortal::new().await;
    let set = portal.post("billing@atlas.test", FORM, "ceiling=5+000&alert=4%2C000.00".to_owned()).await;
    assert_eq!((set.status, set.location.as_deref()), (StatusCode::SEE_OTHER, Some(WALLET)), "{}", set.body);
    let developer = portal.get("developer@atlas.test", WALLET).await;
    assert!(developer.body.contains("At most "), "{}", developer.body);
    assert!(!developer.body.contains(FORM), "developers set none");
    for locale in LOCALES {
        let page = portal.get_in("billing@atlas.test", locale, WALLET).await;
        page.keep(&format!("wallet-limit.{locale}.html"));
        assert!(page.body.contains("value=\"5000.00\"") && !page.body.contains("{$"), "{locale}: {}", page.body);
        assert_eq!(page.twice(), Vec::<String>::new(), "{locale}");
    }
    let off = portal.post("billing@atlas.test", FORM, "ceiling=&alert=".to_owned()).await;
    assert_eq!(off.status, StatusCode::SEE_OTHER, "{}", off.body);
    assert!(portal.get("developer@atlas.test", WALLET).await.body.contains("Nothing limits the organisation"));
}

#[tokio::test]
async fn a_limit_that_cannot_be_is_told_beside_its_field_and_kept() {
    let portal = TestPortal::new().await;
    let refused = portal.post("owner@atlas.test", FORM, "ceiling=10&alert=11".to_owned()).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
    assert!(refused.body.contains("cannot be above the ceiling") && refused.body.contains("value=\"11\""));
    let developer = portal.post("developer@atlas.test", FORM, "ceiling=10".to_owned()).await;
    assert_eq!(developer.status, StatusCode::FORBIDDEN);
}
