//! What an organisation says of itself, and what its invoices make of that, on a real PostgreSQL.

use domain::{
    Error,
    access::policy::{ChangeOrganisation, ReadAudit},
    audit::list_in,
    organisations::{change_organisation, settings_in},
};
use types::{AuditFilter, Cursor, OrganisationSettings, Timestamp};

use crate::{
    invoiced::Books,
    world::{Tenant, World, at},
};

const BILLING: &str = "billing@atlas.test";

async fn settings(world: &World, who: &str, tenant: Tenant, now: Timestamp) -> OrganisationSettings {
    let scope = world.scope::<ChangeOrganisation>(who, tenant).await;
    let tx = world.db.look(&scope, now).await.unwrap();
    settings_in(&tx, &scope).await.unwrap().settings
}

async fn change(books: &Books, ask: &OrganisationSettings, now: &str) -> domain::Result<()> {
    let scope = books.world.scope::<ChangeOrganisation>(BILLING, books.tenant).await;
    change_organisation(&books.world.db, &scope, ask, at(now)).await
}

#[tokio::test]
async fn the_next_invoice_carries_another_identity_and_the_final_one_stays_as_it_is() {
    let books = Books::open().await;
    books.top_up(100_000_000_000, "2026-10-02T00:00:00Z").await;
    books.usage(1, "2026-10-03T10:00:00Z", "2026-10-03T12:00:00Z").await;
    let draft = books.closed().await;
    assert_eq!(draft.document.buyer.name, "atlas SARL");
    let kept = settings(&books.world, BILLING, books.tenant, at("2026-11-02T08:00:00Z")).await;
    let wanted = OrganisationSettings {
        legal_name: "Atlas Compute SA".to_owned(),
        ice: Some("009876543000021".to_owned()),
        vat_id: Some("MA 4011 2233".to_owned()),
        ..kept.clone()
    };
    change(&books, &wanted, "2026-11-02T08:00:00Z").await.unwrap();
    let seen = books.finalise_seen(draft.invoice.id, &draft.sha256, "2026-11-02T09:00:00Z").await;
    assert!(matches!(seen, Err(Error::Changed)), "what was reviewed is not what it would be now: {seen:?}");
    let issued = books.finalise(draft.invoice.id, "2026-11-02T09:00:00Z").await.unwrap();
    let buyer = &issued.document.buyer;
    assert_eq!((buyer.name.as_str(), buyer.ice.as_deref()), ("Atlas Compute SA", Some("009876543000021")));
    assert_eq!(buyer.vat_id.as_deref(), Some("MA40112233"));
    change(&books, &kept, "2026-11-02T10:00:00Z").await.unwrap();
    assert_eq!(books.invoice(draft.invoice.id).await, issued, "what is final stays");
    let again = books.recalculate(draft.invoice.id).await;
    assert!(again.is_equal, "{:?}", again.differences);
}

#[tokio::test]
async fn a_change_is_told_before_and_after_and_a_number_without_its_form_changes_nothing() {
    let books = Books::open().await;
    let now = "2026-11-02T08:00:00Z";
    let kept = settings(&books.world, BILLING, books.tenant, at(now)).await;
    let wrong = OrganisationSettings { ice: Some("12".to_owned()), name: "Another".to_owned(), ..kept.clone() };
    let refused = change(&books, &wrong, now).await;
    assert!(matches!(refused, Err(Error::Invalid { field: "ice", .. })), "{refused:?}");
    assert_eq!(settings(&books.world, BILLING, books.tenant, at(now)).await, kept);
    change(&books, &kept, now).await.unwrap();
    change(&books, &OrganisationSettings { name: "Atlas AI".to_owned(), ..kept }, now).await.unwrap();
    let scope = books.world.scope::<ReadAudit>("owner@atlas.test", books.tenant).await;
    let tx = books.world.db.look(&scope, at(now)).await.unwrap();
    let filter = AuditFilter { area: Some("organisation".to_owned()), ..AuditFilter::default() };
    let rows = list_in(&tx, &scope, &filter, &Cursor::default()).await.unwrap().items;
    assert_eq!((rows.len(), rows[0].verb.as_str(), rows[0].changes.len()), (1, "organisation.changed", 1));
    let change = &rows[0].changes[0];
    assert_eq!((change.before.as_deref(), change.after.as_deref()), (Some("atlas"), Some("Atlas AI")));
    let breton = settings(&books.world, "owner@breton.test", books.world.breton, at(now)).await;
    assert_eq!(breton.name, "breton", "nobody else is called so");
}
