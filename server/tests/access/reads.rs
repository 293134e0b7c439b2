//! What only looks changes nothing, and every page that is seen by somebody leads to signing out.

use std::collections::BTreeMap;

use super::{
    doors::{Door, filled},
    matrix::{API, SCREENS},
};
use crate::portal::{Caller, Shop, TestPortal};

/// What looking may leave: when a session or a token was last used.
const USED: [&str; 2] = ["session", "token"];
/// Looks that lead elsewhere, where something is begun: without the provider that they name they are nowhere.
const AWAY: &str = "/sign-in/with/";

/// A digest of each table's rows.
async fn digests(portal: &TestPortal) -> BTreeMap<String, String> {
    let sql = "SELECT c.relname AS name,
            (xpath('/row/d/text()', query_to_xml(format(
                'SELECT md5(coalesce(string_agg(t::text, '','' ORDER BY t::text), '''')) AS d FROM %I t', c.relname
            ), false, true, '')))[1]::text AS digest
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') ORDER BY c.relname";
    let rows = portal.database.rows(sql).await.unwrap();
    let text = |row: &serde_json::Value, name: &str| row[name].as_str().unwrap().to_owned();
    let all = rows.iter().map(|row| (text(row, "name"), text(row, "digest")));
    all.filter(|(name, _)| !USED.contains(&name.as_str())).collect()
}

/// Looks at every address; how many showed something.
async fn look_at_all(caller: &Caller) -> usize {
    let mut seen = 0;
    for &(method, path, door) in API.iter().chain(SCREENS) {
        if method != "get" || path.starts_with(AWAY) {
            continue;
        }
        let answer = caller.get(&filled(path, "acme", None)).await;
        seen += usize::from(answer.status == 200);
        if answer.header("content-type").starts_with("text/html") && !matches!(door, Door::Open) {
            assert!(answer.body.contains("action=\"/sign-out\""), "{path} leads to no way out: {answer:?}");
        }
    }
    seen
}

#[tokio::test]
async fn looking_changes_nothing_and_every_page_of_somebody_leads_to_signing_out() {
    let shop = Shop::open().await;
    shop.launch("one").await;
    let before = digests(&shop.portal).await;
    assert!(before.len() > 40 && before["instance"] != before["lot"], "{before:?}");
    for caller in [&shop.owner, &shop.operator, &shop.finance, &shop.incubator] {
        let seen = look_at_all(caller).await;
        assert!(seen > 20, "only {seen} addresses showed something");
        assert_eq!(digests(&shop.portal).await, before);
    }
}
