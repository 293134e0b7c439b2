//! Documents as files: drawn, fetched, known by their version, and nobody else's.

use serde_json::{Value, json};
use server::workers::draw_documents::draw_due;

use crate::{
    portal::{Caller, Shop, TestPortal, first},
    transfers::{announced, paid_in_dirhams},
};

const DOCUMENTS: &str = "/api/v1/organisations/acme/documents";

/// Draws everything that waits; how many documents.
async fn draw(portal: &TestPortal) -> usize {
    let of = &portal.state.portal;
    draw_due(&of.db, &of.clock).await.unwrap()
}

/// The document that says a thing: by the same characters.
fn document(id: &str) -> String {
    format!("doc_{}", id.split_once('_').unwrap().1)
}

/// Finance, and the path of the invoice's document; finalised and not drawn yet.
async fn finalised(shop: &Shop) -> (Caller, String) {
    let (finance, draft) = shop.drafted().await;
    let seen = json!({ "sha256": finance.get(&draft).await.text("sha256") });
    assert_eq!(finance.post(&format!("{draft}/finalise"), &seen).await.status, 200);
    let path = format!("{DOCUMENTS}/{}", document(draft.rsplit('/').next().unwrap()));
    (finance, path)
}

#[tokio::test]
async fn an_invoice_is_fetched_as_pages_and_as_data_and_not_again_by_who_has_it() {
    let shop = paid_in_dirhams().await;
    // Sellers with a tax number: without one the standard has no electronic form.
    shop.portal.as_owner("UPDATE organisation SET tax_id = '40112233' WHERE kind = 'hub'").await;
    let (finance, path) = finalised(&shop).await;
    let waits = finance.get(&format!("{path}/pdf")).await;
    assert_eq!((waits.status, waits.header("retry-after")), (202, "2"), "{waits:?}");
    assert_eq!(waits.json()["drawn_at"], Value::Null);
    let owner = shop.portal.signed_in("owner@acme.test").await;
    let page = owner.get(&format!("/o/acme/documents/{}/pdf", path.rsplit('/').next().unwrap())).await;
    assert_eq!((page.status, page.header("retry-after")), (202, "2"));
    assert!(page.body.contains("This document is being drawn"), "{page:?}");
    assert_eq!(draw(&shop.portal).await, 1);
    assert_eq!(draw(&shop.portal).await, 0);

    let view = owner.get(&path).await.json();
    assert_eq!((&view["kind"], &view["lacks"]), (&json!("invoice"), &json!(false)), "{view}");
    let number = view["number"].as_str().unwrap().to_owned();
    for (form, end, kind, place) in [("pdf", "pdf", "application/pdf", 0), ("ubl", "xml", "application/xml", 1)] {
        let file = owner.get(&format!("{path}/{end}")).await;
        assert_eq!((file.status, file.header("content-type")), (200, kind));
        let name = format!("attachment; filename=\"{number}.{end}\"");
        assert_eq!(file.header("content-disposition"), name);
        assert_eq!(file.header("cache-control"), "private, no-cache");
        let known = file.header("etag").to_owned();
        assert_eq!(view["files"][place]["form"], form);
        assert_eq!(known, format!("\"{}\"", view["files"][place]["sha256"].as_str().unwrap()));
        let again = owner.clone().with("if-none-match", &known).get(&format!("{path}/{end}")).await;
        assert_eq!((again.status, again.body.as_str(), again.header("etag")), (304, "", known.as_str()));
        let other = owner.clone().with("if-none-match", "\"0\"").get(&format!("{path}/{end}")).await;
        assert_eq!(other.status, 200);
        // The same by the screen's address.
        let id = path.rsplit('/').next().unwrap();
        let shown = owner.get(&format!("/o/acme/documents/{id}/{end}")).await;
        assert_eq!((shown.status, shown.header("etag")), (200, known.as_str()));
    }
    let xml = owner.get(&format!("{path}/xml")).await;
    assert!(xml.body.contains(&number) && xml.body.contains("urn:cen.eu:en16931:2017"), "{}", xml.body);
}

#[tokio::test]
async fn a_form_that_breaks_the_standard_is_not_kept_and_told_to_finance() {
    let shop = Shop::open().await;
    shop.portal.as_owner("UPDATE organisation SET tax_id = NULL, vat_id = NULL WHERE kind = 'hub'").await;
    let (finance, path) = finalised(&shop).await;
    assert_eq!(draw(&shop.portal).await, 1);
    assert_eq!(finance.get(&format!("{path}/pdf")).await.status, 200, "the pages are there all the same");
    let refused = finance.get(&format!("{path}/xml")).await;
    assert_eq!((refused.status, refused.fact()), (409, "document-not-drawn".to_owned()));
    assert_eq!(finance.get(&path).await.json()["lacks"], true);
    let told = first(&finance.get("/api/v1/staff/documents").await);
    assert!(told["trouble"].as_str().unwrap().starts_with("ubl: "), "{told}");
    let page = finance.get("/staff/documents").await;
    assert!(page.body.contains(told["number"].as_str().unwrap()), "{page:?}");
}

#[tokio::test]
async fn a_document_drawn_again_has_the_same_bytes() {
    let shop = paid_in_dirhams().await;
    announced(&shop, 120_005).await;
    assert_eq!(draw(&shop.portal).await, 1);
    let rows = "SELECT p.kind, convert_from(p.snapshot, 'UTF8') AS snapshot, encode(a.sha256, 'hex') AS sha256
                FROM paper p JOIN document_artifact a ON a.paper_id = p.id";
    let rows = shop.portal.database.rows(rows).await.unwrap();
    assert_eq!(rows.len(), 1);
    for row in rows {
        let kind = row["kind"].as_str().unwrap().parse().unwrap();
        let drawn = server::workers::draw_documents::draw(kind, row["snapshot"].as_str().unwrap().as_bytes());
        assert_eq!((drawn.files.len(), drawn.trouble.as_deref()), (1, None));
        let digest = ring::digest::digest(&ring::digest::SHA256, &drawn.files[0].1);
        let digest: String = digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(row["sha256"].as_str(), Some(digest.as_str()));
    }
}

#[tokio::test]
async fn a_transfers_pro_forma_is_fetched_from_its_page() {
    let shop = paid_in_dirhams().await;
    let transfer = announced(&shop, 120_005).await;
    let id = transfer["id"].as_str().unwrap();
    let page = shop.owner.get(&format!("/o/acme/transfers/{id}")).await;
    assert!(page.body.contains("Being drawn"), "{page:?}");
    draw(&shop.portal).await;
    let href = format!("/o/acme/documents/{}/pdf", document(id));
    let page = shop.owner.get(&format!("/o/acme/transfers/{id}")).await;
    assert!(page.body.contains(&format!("href=\"{href}\"")), "{page:?}");
    let file = shop.owner.get(&href).await;
    assert_eq!((file.status, file.header("content-type")), (200, "application/pdf"));
    assert!(file.header("content-disposition").contains("PF-RF"), "{file:?}");
    // It has no electronic form.
    assert_eq!(shop.owner.get(&format!("{DOCUMENTS}/{}/xml", document(id))).await.status, 404);
}

#[tokio::test]
async fn a_statement_is_asked_for_once_a_key_drawn_and_listed() {
    let shop = Shop::open().await;
    let ask = json!({ "from": "2026-03-01", "through": "2026-03-02" });
    let path = "/api/v1/organisations/acme/statements";
    let caller = shop.owner.clone().with("idempotency-key", "k1");
    let asked = caller.post(path, &ask).await;
    assert_eq!((asked.status, asked.text("kind")), (201, "statement".to_owned()), "{asked:?}");
    assert_eq!(caller.post(path, &ask).await.body, asked.body);
    assert_eq!(draw(&shop.portal).await, 1);
    let id = asked.text("id");
    let file = shop.owner.get(&format!("{DOCUMENTS}/{id}/pdf")).await;
    assert_eq!(file.status, 200, "{file:?}");
    assert!(file.header("content-disposition").contains("statement-2026-03-01-2026-03-02.pdf"));
    let listed = shop.owner.get(DOCUMENTS).await.json();
    assert_eq!((listed["items"].as_array().unwrap().len(), &listed["items"][0]["id"]), (1, &json!(id)));
    for (ask, field) in [
        (json!({ "from": "2026-03-02", "through": "2026-03-01" }), "through"),
        (json!({ "from": "2026-03-02", "through": "2026-03-03" }), "through"),
        (json!({ "from": "2024-03-02", "through": "2026-03-01" }), "through"),
        (json!({ "from": "1999-12-30", "through": "1999-12-31" }), "from"),
    ] {
        let refused = shop.owner.post(path, &ask).await;
        assert_eq!((refused.status, refused.field()), (422, field.to_owned()), "{refused:?}");
    }
    let form = "from=2026-03-02&through=2026-03-01&idempotency_key=k2";
    let page = shop.owner.form("/o/acme/documents", form).await;
    assert_eq!(page.status, 422);
    assert!(page.body.contains("value=\"2026-03-02\"") && page.body.contains("aria-invalid=\"true\""), "{page:?}");
    let form = "from=2026-03-01&through=2026-03-02&idempotency_key=k3";
    let asked = shop.owner.form("/o/acme/documents", form).await;
    assert_eq!((asked.status, asked.header("location")), (303, "/o/acme/documents"));
}

#[tokio::test]
async fn a_document_of_others_answers_like_one_that_nothing_has() {
    let shop = paid_in_dirhams().await;
    let transfer = announced(&shop, 120_005).await;
    draw(&shop.portal).await;
    let (foreign, random) = (document(transfer["id"].as_str().unwrap()), "doc_01ka4c2d00000000000000000z");
    let other = shop.portal.organisation("other").await.owner().await;
    for end in ["", "/pdf", "/xml"] {
        let place = "/api/v1/organisations/other/documents";
        let (theirs, none) =
            (other.get(&format!("{place}/{foreign}{end}")).await, other.get(&format!("{place}/{random}{end}")).await);
        assert_eq!((theirs.status, format!("{theirs:?}")), (404, format!("{none:?}")));
        // Its version opens nothing either.
        let known = other.clone().with("if-none-match", "*").get(&format!("{place}/{foreign}{end}")).await;
        assert_eq!(known.status, 404);
    }
    assert_eq!(other.get(&format!("{DOCUMENTS}/{foreign}/pdf")).await.status, 404);
}
