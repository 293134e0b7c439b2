//! What was used: by day, by project, member or flavour, stretch by stretch, and as a file.

use futures_util::StreamExt;
use serde_json::{Value, json};

use crate::portal::{Shop, first, mad};

const PATH: &str = "/api/v1/organisations/acme/usage/days";

#[tokio::test]
async fn each_day_has_its_billed_and_unbilled_seconds() {
    let shop = Shop::open().await;
    let address = shop.launch("train-1").await;
    shop.portal.pass(3600);
    shop.ready(&address).await;
    shop.portal.pass(2 * 3600);
    shop.observe().await;
    let days = shop.owner.get(PATH).await.json();
    let days = days["items"].as_array().unwrap();
    assert_eq!(days.len(), 30);
    assert_eq!(
        days[29],
        json!({ "started_at": "2026-03-02T00:00:00Z", "billed_unit_s": 7200, "unbilled_unit_s": 3600 })
    );
    assert_eq!(days[28]["billed_unit_s"], 0);
}

#[tokio::test]
async fn as_many_days_are_told_as_were_asked_for_within_bounds() {
    let shop = Shop::open().await;
    for (asked, n) in [("1", 1), ("0", 1), ("92", 92), ("1000", 92)] {
        let days = shop.owner.get(&format!("{PATH}?days={asked}")).await.json();
        assert_eq!(days["items"].as_array().unwrap().len(), n, "{asked}");
    }
    let refused = shop.owner.get(&format!("{PATH}?days=many")).await;
    assert_eq!((refused.status, refused.field()), (422, "days".to_owned()));
}

/// More stretches of March than two readings hold, each of a millionth.
const STRETCHES: &str = "INSERT INTO rated_item (organisation_id, id, settlement_id, interval_id, lease_id, price_id,
        tax_rule_id, started_at, ended_at, seconds_before, net, gross)
    SELECT organisation_id, gen_random_uuid(), settlement_id, interval_id, lease_id, price_id, tax_rule_id,
        '2026-03-05T00:00:00Z'::timestamptz + n * interval '1 second',
        '2026-03-05T00:00:01Z'::timestamptz + n * interval '1 second', n, 1, 1
    FROM rated_item, generate_series(1, 450) n";

/// What one H100 for two hours comes to: all of it paid by the wallet, tax included.
fn two_hours() -> Value {
    json!({ "unit_seconds": 7200, "net": mad(60), "tax": mad(12), "granted": mad(0), "wallet": mad(72) })
}

#[tokio::test]
async fn a_month_is_summed_by_project_member_or_flavour_to_the_same_total_and_opens_to_its_stretches() {
    let shop = Shop::open().await;
    shop.drafted().await;
    let owner = shop.portal.signed_in("owner@acme.test").await;
    let member = first(&owner.get("/api/v1/organisations/acme/members").await);
    let summed =
        async |query: &str| owner.get(&format!("/api/v1/organisations/acme/usage/summary{query}")).await.json();
    for (by, id, name) in [
        ("project", json!(shop.project), json!("Training")),
        ("member", member["user"].clone(), member["name"].clone()),
        ("flavour", json!(shop.flavour), Value::Null),
    ] {
        let march = summed(&format!("?month=2026-03&by={by}")).await;
        assert_eq!((&march["by"], &march["total"]), (&json!(by), &two_hours()), "{march}");
        let groups = march["groups"].as_array().unwrap();
        assert_eq!((groups.len(), &groups[0]["id"], &groups[0]["sum"]), (1, &id, &two_hours()), "{march}");
        assert!(name.is_null() || groups[0]["name"] == name, "{march}");
    }
    let march = summed("?month=2026-03").await;
    let around = ["by", "before", "after"].map(|field| march[field].as_str().unwrap());
    assert_eq!(around, ["project", "2026-02", "2026-04"]);
    let april = summed("").await;
    assert_eq!((&april["month"], &april["after"], &april["groups"]), (&json!("2026-04"), &json!(null), &json!([])));
    let path = "/api/v1/organisations/acme/usage/stretches?month=2026-03&limit=1";
    let (page, stretch) = (owner.get(path).await, first(&owner.get(path).await));
    assert_eq!((&page.json()["next_cursor"], &stretch["sum"]), (&json!(null), &two_hours()), "{page:?}");
    let told = ["project_name", "member_name", "instance_name", "started_at", "ended_at"].map(|field| &stretch[field]);
    let wanted = [&json!("Training"), &json!("owner"), &json!("train-1"), &json!("2026-03-02T10:00:00Z")];
    assert_eq!((&told[..4], told[4]), (&wanted[..], &json!("2026-03-02T12:00:00Z")));
}

#[tokio::test]
async fn what_is_no_month_and_no_way_to_sum_is_refused_with_its_name() {
    let shop = Shop::open().await;
    let api = "/api/v1/organisations/acme/usage/";
    for (path, field) in [
        (format!("{api}summary?month=soon"), "month"),
        (format!("{api}summary?month=2026-13"), "month"),
        (format!("{api}summary?by=colour"), "by"),
        (format!("{api}stretches?month=1999-12"), "month"),
        (format!("{api}stretches?cursor=x"), "cursor"),
    ] {
        let refused = shop.owner.get(&path).await;
        assert_eq!((refused.status, refused.field().as_str()), (422, field), "{path}");
    }
    for path in ["/o/acme/usage?month=soon", "/o/acme/usage?by=colour", "/o/acme/usage.csv?month=soon"] {
        assert_eq!(shop.owner.get(path).await.status, 422, "{path}");
    }
}

#[tokio::test]
async fn the_file_has_every_stretch_with_exact_amounts_and_no_formula() {
    let shop = Shop::open().await;
    shop.drafted().await;
    shop.portal.as_owner("UPDATE project SET name = '=1+1'").await;
    let owner = shop.portal.signed_in("owner@acme.test").await;
    let file = owner.get("/o/acme/usage.csv?month=2026-03&by=member").await;
    assert_eq!(file.status, 200);
    assert_eq!(file.header("content-type"), "text/csv; charset=utf-8; header=present");
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"usage-acme-2026-03.csv\"");
    let lines: Vec<_> = file.body.split("\r\n").collect();
    assert_eq!(lines.len(), 3, "the head, one stretch, and a break at the end: {}", file.body);
    assert!(lines[0].starts_with("project,project_id,member,member_id,token,flavour,instance,instance_id,from,to,"));
    assert!(lines[1].starts_with(&format!("'=1+1,{},owner,usr_", shop.project)), "{}", lines[1]);
    let costs = ",2026-03-02T10:00:00Z,2026-03-02T12:00:00Z,7200,1,1,30.00,60.00,12.00,0.00,72.00,MAD,";
    assert!(lines[1].contains(costs), "{}", lines[1]);
    let nothing = owner.get("/o/acme/usage.csv").await.body;
    assert_eq!(nothing, format!("{}\r\n", lines[0]));
}

#[tokio::test]
async fn the_page_names_who_used_what_and_leads_to_the_months_around() {
    let shop = Shop::open().await;
    shop.drafted().await;
    let owner = shop.portal.signed_in("owner@acme.test").await;
    let page = owner.get("/o/acme/usage?by=member&month=2026-03").await.body;
    for said in [
        "By member · March 2026",
        ">owner</bdi>",
        ">60.00</bdi>",
        ">72.00</bdi>",
        "href=\"/o/acme/usage?by=member&amp;month=2026-02\"",
        "href=\"/o/acme/usage?by=member&amp;month=2026-04\"",
        "href=\"/o/acme/usage?by=flavour&amp;month=2026-03\"",
        "href=\"/o/acme/usage.csv?by=member&amp;month=2026-03\"",
        "aria-label=\"GPU time by day, March 2026\"",
    ] {
        assert!(page.contains(said), "{said} is not on {page}");
    }
    let running = owner.get("/o/acme/usage?month=2026-04").await.body;
    assert!(!running.contains("month=2026-05"), "a month that has not begun is not led to");
}

#[tokio::test]
async fn a_long_file_is_read_page_by_page_and_no_longer_than_one_may_read_it() {
    let shop = Shop::open().await;
    shop.drafted().await;
    shop.portal.as_owner(STRETCHES).await;
    let owner = shop.portal.signed_in("owner@acme.test").await;
    let path = "/o/acme/usage.csv?month=2026-03";
    let whole = owner.get(path).await.body;
    let lines: Vec<_> = whole.split("\r\n").collect();
    assert_eq!(lines.len(), 453, "the head, 451 stretches, and a break at the end");
    let latest = ",2026-03-05T00:07:30Z,2026-03-05T00:07:31Z,1,1,1,30.00,0.000001,0.00,0.00,0.000001,MAD,";
    assert!(lines[1].contains(latest), "{}", lines[1]);
    assert!(lines[451].contains(",2026-03-02T10:00:00Z,2026-03-02T12:00:00Z,"), "{}", lines[451]);
    let mut file = owner.download(path).await;
    let first = file.next().await.unwrap().unwrap();
    assert!(first.starts_with(b"project,project_id,") && first.len() > 10_000);
    shop.portal.as_owner("DELETE FROM member").await;
    assert!(file.next().await.unwrap().is_err(), "the file breaks off, so that it does not seem whole");
}
