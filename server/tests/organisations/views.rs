//! Staff who look at an organisation's pages as a member would.

use serde_json::json;
use types::{Role, StaffRole};

use crate::portal::TestPortal;

const BEGIN: &str = "/staff/organisations/acme/view";
const STOP: &str = "/api/v1/organisations/acme/instances/ins_01ka4c2d00000000000000000z/stop";
const BANNER: &str = "End the view";

#[tokio::test]
async fn a_view_says_so_on_each_page_changes_nothing_and_ends() {
    let portal = TestPortal::new().await;
    let acme = portal.organisation("acme").await;
    acme.member(Role::Owner).await;
    let operator = portal.staff(StaffRole::Operator).await;
    let unsaid = operator.form(BEGIN, "role=owner&reason=").await;
    assert_eq!(unsaid.status, 422);
    let king = operator.form(BEGIN, "role=king&reason=because").await;
    assert_eq!(king.status, 422);
    assert!(!operator.get("/o/acme").await.body.contains(BANNER), "not before it has begun");
    let begun = operator.form(BEGIN, "role=owner&reason=they+asked").await;
    assert_eq!((begun.status, begun.header("location")), (303, "/o/acme"));
    for path in ["/o/acme", "/o/acme/instances", "/o/acme/members"] {
        let page = operator.get(path).await;
        assert_eq!(page.status, 200, "{path}");
        assert!(page.body.contains(BANNER) && page.body.contains(&format!("{BEGIN}/end")), "{path}");
    }
    for path in ["/o/acme/wallet", "/o/acme/invoices", "/o/acme/usage", "/o/acme/launch"] {
        assert_eq!(operator.get(path).await.status, 403, "{path} is not the operator's to see");
    }
    let stop = "/o/acme/instances/ins_01ka4c2d00000000000000000z/stop";
    assert_eq!(operator.form(stop, "reason=because").await.status, 403, "their own right rests");
    let asked = operator.post(STOP, &json!({ "reason": "because" })).await;
    assert_eq!(asked.status, 403, "by the API too: {}", asked.body);
    assert_eq!(operator.get("/api/v1/organisations/acme/instances").await.status, 200);
    let left = operator.form("/o/acme/leave", "").await;
    assert_eq!((left.status, left.header("location")), (303, "/o/acme/members"));
    assert!(operator.get("/staff/organisations/acme").await.status == 200, "their own work goes on");
    let ended = operator.form(&format!("{BEGIN}/end"), "").await;
    assert_eq!((ended.status, ended.header("location")), (303, "/staff/organisations/acme"));
    assert!(!operator.get("/o/acme").await.body.contains(BANNER));
    assert_eq!(operator.form(stop, "reason=because").await.status, 404);
    assert_eq!(operator.post(STOP, &json!({ "reason": "because" })).await.status, 404);
}
