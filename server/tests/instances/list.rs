//! Listing, page by page.

use crate::portal::{Answer, Shop};

const PATH: &str = "/api/v1/organisations/acme/instances";

fn names(answer: &Answer) -> Vec<String> {
    let list = answer.json();
    let items = list["items"].as_array().unwrap_or_else(|| panic!("{answer:?}"));
    items.iter().map(|item| item["name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn pages_follow_one_another_and_the_last_says_that_it_is() {
    let shop = Shop::open().await;
    for name in ["one", "two", "three"] {
        shop.launch(name).await;
        shop.portal.pass(1);
    }
    let page = shop.owner.get(&format!("{PATH}?limit=2")).await;
    assert_eq!(names(&page), ["three", "two"]);
    let next = shop.owner.get(&format!("{PATH}?limit=2&cursor={}", page.text("next_cursor"))).await;
    assert_eq!((names(&next), next.json()["next_cursor"].is_null()), (vec!["one".to_owned()], true));
    assert_eq!(names(&shop.owner.get(&format!("{PATH}?phase=requested")).await).len(), 3);
    assert_eq!(names(&shop.owner.get(&format!("{PATH}?phase=running")).await).len(), 0);
}

#[tokio::test]
async fn a_page_is_as_long_as_asked_for_within_its_bounds() {
    let shop = Shop::open().await;
    for name in ["one", "two", "three"] {
        shop.launch(name).await;
        shop.portal.pass(1);
    }
    for (limit, n) in [("0", 1), ("1", 1), ("200", 3), ("65535", 3)] {
        assert_eq!(names(&shop.owner.get(&format!("{PATH}?limit={limit}")).await).len(), n, "{limit}");
    }
    for limit in ["-1", "65536", "many"] {
        let refused = shop.owner.get(&format!("{PATH}?limit={limit}")).await;
        assert_eq!((refused.status, refused.field()), (422, "limit".to_owned()), "{limit}");
    }
}

#[tokio::test]
async fn a_cursor_that_no_page_gave_is_refused_in_every_list() {
    let shop = Shop::open().await;
    for (caller, path) in [
        (&shop.owner, PATH),
        (&shop.owner, "/api/v1/organisations/acme/invoices"),
        (&shop.owner, "/api/v1/organisations/acme/wallet/entries"),
        (&shop.owner, "/api/v1/organisations/acme/audit"),
        (&shop.finance, "/api/v1/staff/periods"),
        (&shop.finance, "/api/v1/staff/invoices"),
        (&shop.finance, "/api/v1/staff/books/journal"),
        (&shop.finance, "/api/v1/staff/books/accounts/wallet"),
        (&shop.finance, "/api/v1/staff/organisations"),
    ] {
        for cursor in ["x", "ins_x", "2026-13-01T00:00:00Z_00", "%00"] {
            let refused = caller.get(&format!("{path}?cursor={cursor}")).await;
            assert_eq!((refused.status, refused.field()), (422, "cursor".to_owned()), "{path} {cursor}: {refused:?}");
        }
    }
}

#[tokio::test]
async fn a_filter_of_nothing_that_exists_is_refused() {
    let shop = Shop::open().await;
    for (query, field) in [("phase=flying", "phase"), ("project=prj_x", "project")] {
        let refused = shop.owner.get(&format!("{PATH}?{query}")).await;
        assert_eq!((refused.status, refused.field()), (422, field.to_owned()), "{query}");
    }
}
