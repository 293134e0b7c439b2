//! What only looks changes nothing, and every page that is seen by somebody leads to signing out.

use super::{
    api_doors::API,
    doors::{Door, filled},
    screen_doors::SCREENS,
};
use crate::portal::{Caller, Shop};

/// Looks that lead elsewhere, where something is begun: without the provider that they name they are nowhere.
const AWAY: &str = "/with/";

/// Looks at every address; how many showed something.
async fn look_at_all(caller: &Caller) -> usize {
    let mut seen = 0;
    for &(method, path, door) in API.iter().chain(SCREENS) {
        if method != "get" || path.contains(AWAY) {
            continue;
        }
        let answer = caller.get(&filled(path, "acme", None)).await;
        seen += usize::from(answer.status == 200);
        let is_page = answer.header("content-type").starts_with("text/html") && !matches!(door, Door::Open);
        // What is not theirs is a page too.
        if is_page && matches!(answer.status, 200 | 403 | 404) {
            assert!(answer.body.contains("action=\"/sign-out\""), "{path} leads to no way out: {answer:?}");
        }
    }
    seen
}

#[tokio::test]
async fn looking_changes_nothing_and_every_page_of_somebody_leads_to_signing_out() {
    let shop = Shop::open().await;
    shop.launch("one").await;
    let before = shop.portal.fingerprint().await;
    for caller in [&shop.owner, &shop.operator, &shop.finance, &shop.incubator] {
        let seen = look_at_all(caller).await;
        assert!(seen > 20, "only {seen} addresses showed something");
        assert_eq!(shop.portal.fingerprint().await, before);
    }
}
