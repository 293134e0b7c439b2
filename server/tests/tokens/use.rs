//! A token launches, is stopped by its ceiling, and opens nothing once it is gone.

use insta::assert_debug_snapshot;
use serde_json::{Value, json};
use types::Role;

use crate::portal::{Caller, Shop, mad};

const TOKENS: &str = "/api/v1/organisations/acme/tokens";
const INSTANCES: &str = "/api/v1/organisations/acme/instances";

/// A token that may spend so much, and the program that has it.
async fn program(shop: &Shop, ceiling: i64) -> (Value, Caller) {
    let ask = json!({ "name": "ci", "permissions": ["ReadInstances", "LaunchInstances", "ReadLogs"], "days": 30,
        "ceiling": mad(ceiling), "most_units": 2 });
    let made = shop.owner.post(TOKENS, &ask).await;
    assert_eq!(made.status, 201, "{made:?}");
    let said = format!("Bearer {}", made.json()["secret"].as_str().unwrap());
    (made.json()["token"].clone(), shop.portal.nobody().with("authorization", &said))
}

#[tokio::test]
async fn a_program_launches_with_its_token_until_the_ceiling_refuses_it() {
    let shop = Shop::open().await;
    // An hour of 30 MAD with 20 % is 36: one fits and two do not.
    let (token, program) = program(&shop, 71).await;
    assert_eq!(program.post(INSTANCES, &shop.ask("one")).await.status, 201);
    assert_debug_snapshot!(program.post(INSTANCES, &shop.ask("two")).await, @r#"
    402
    {
      "arguments": {
        "left": {
          "currency": "MAD",
          "micros": 35000000
        },
        "name": "ci",
        "needed": {
          "currency": "MAD",
          "micros": 36000000
        },
        "of": "token"
      },
      "code": "budget_exceeded",
      "detail": "The token ci may still spend 35.00 MAD, and 36.00 MAD would be set aside.",
      "fact": "budget-exceeded",
      "hint": "Make a token with a higher ceiling, or choose something smaller.",
      "request_id": "req_…",
      "status": 402,
      "title": "Payment Required",
      "type": "about:blank"
    }
    "#);
    // The verdict says the same before, in the same words.
    let verdict = format!("/api/v1/organisations/acme/catalogue/verdict?flavour={}&units=1", shop.flavour);
    let (told, refused) = (program.get(&verdict).await.json(), program.post(INSTANCES, &shop.ask("two")).await.json());
    assert_eq!((&told["word"], &told["reason"]), (&json!("cannot"), &refused["code"]), "{told}");
    assert_eq!(told["arguments"], refused["arguments"]);
    // The person is not bound by the token's ceiling.
    assert_eq!(shop.owner.get(&verdict).await.json()["word"], "now");
    assert_eq!(shop.owner.post(INSTANCES, &shop.ask("mine")).await.status, 201);
    assert_eq!(program.get(INSTANCES).await.json()["items"].as_array().unwrap().len(), 2);
    let listed = shop.owner.get(TOKENS).await.json();
    assert_eq!(listed["items"][0]["used_from"], "0.0.0.0");
    // Revoked, it opens nothing at the next request.
    let address = format!("{TOKENS}/{}", token["id"].as_str().unwrap());
    assert_eq!(shop.owner.delete(&address).await.status, 204);
    assert_eq!(program.get(INSTANCES).await.status, 401);
    assert_eq!(shop.owner.get(TOKENS).await.json()["items"], json!([]));
}

#[tokio::test]
async fn what_a_token_cannot_do_says_why_and_what_to_do() {
    let shop = Shop::open().await;
    let (_, program) = program(&shop, 100).await;
    let wallet = program.get("/api/v1/organisations/acme/wallet").await;
    assert_debug_snapshot!(wallet, @r#"
    403
    {
      "arguments": {
        "permission": "ReadBalance"
      },
      "code": "forbidden",
      "detail": "This token was not given the permission ReadBalance.",
      "fact": "token-lacks",
      "hint": "Make a token that has it, as far as your role does.",
      "request_id": "req_…",
      "status": 403,
      "title": "Forbidden",
      "type": "about:blank"
    }
    "#);
    let session = program.get("/api/v1/session").await;
    assert_eq!((session.status, session.fact()), (403, "token-no-person".to_owned()));
    // Nor does it make others, or reach the hub's side although its person were staff.
    let appoint = "INSERT INTO staff (user_id, role, since)
                   SELECT id, 'finance', '2026-03-01' FROM person WHERE email = 'owner@acme.test'";
    shop.portal.as_owner(appoint).await;
    let prices = program.get("/api/v1/staff/prices").await;
    assert_eq!((prices.status, prices.fact()), (403, "token-no-person".to_owned()));
    let transfer = json!({ "reference": "BMCE 9", "amount": mad(1) });
    assert_eq!(program.post("/api/v1/organisations/acme/wallet/transfers", &transfer).await.status, 403);
    assert_eq!(
        program.post(TOKENS, &json!({ "name": "more", "permissions": ["ReadInstances"], "days": 1 })).await.status,
        403
    );
    // A screen does not look at it.
    assert_eq!(program.get("/o/acme/instances").await.status, 303);
}

#[tokio::test]
async fn a_token_is_made_by_who_showed_a_little_while_ago_who_they_are() {
    let shop = Shop::open().await;
    shop.portal.pass(601);
    let ask = json!({ "name": "late", "permissions": ["ReadInstances"], "days": 1 });
    let refused = shop.owner.post(TOKENS, &ask).await;
    assert_eq!((refused.status, refused.fact()), (403, "prove-first".to_owned()));
    let page = shop.owner.get("/o/acme/tokens/new").await;
    assert_eq!((page.status, page.header("location").starts_with("/prove")), (303, true));
    assert_eq!(shop.portal.count("token").await, 0);
}

#[tokio::test]
async fn the_page_shows_the_secret_once_and_never_again() {
    let shop = Shop::open().await;
    let form = "name=nightly&days=30&may-ReadInstances=yes&idempotency_key=once";
    let page = shop.owner.form("/o/acme/tokens/new", form).await;
    assert_eq!(page.status, 200);
    let secret = page.body.split("tmd_").nth(1).unwrap()[..46].to_owned();
    assert_eq!(page.header("cache-control"), "no-store");
    let again = shop.owner.form("/o/acme/tokens/new", form).await;
    assert_eq!(again.status, 409);
    assert!(!again.body.contains(&secret));
    assert!(!shop.owner.get("/o/acme/tokens").await.body.contains(&secret));
    let said = format!("Bearer tmd_{secret}");
    assert_eq!(shop.portal.nobody().with("authorization", &said).get(INSTANCES).await.status, 200);
}

#[tokio::test]
async fn a_viewer_gives_no_token_what_a_viewer_may_not() {
    let shop = Shop::open().await;
    let organisation = shop.portal.founding.organisation("acme").await.unwrap();
    let user = shop.portal.person("viewer@acme.test").await;
    shop.portal.founding.add_member(organisation, user, Role::Viewer, shop.portal.now()).await.unwrap();
    let viewer = shop.portal.signed_in("viewer@acme.test").await;
    let ask = json!({ "name": "more", "permissions": ["LaunchInstances"], "days": 1, "ceiling": mad(10) });
    assert_eq!(viewer.post(TOKENS, &ask).await.status, 403);
    let ask = json!({ "name": "reads", "permissions": ["ReadInstances"], "days": 1 });
    assert_eq!(viewer.post(TOKENS, &ask).await.status, 201);
    let service = json!({ "name": "reads", "role": "viewer", "permissions": ["ReadInstances"], "days": 1 });
    assert_eq!(viewer.post(TOKENS, &service).await.status, 403);
}
