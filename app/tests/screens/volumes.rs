//! A volume's page in three languages, as it stands in each phase, frozen and deleted.

use axum::http::StatusCode;
use types::VolumeId;

use crate::{
    LOCALES, NOW,
    portal::TestPortal,
    world::{World, at},
};

/// A volume of `atlas` that was asked for.
async fn asked(world: &World) -> VolumeId {
    let id = VolumeId::new(at(NOW));
    let sql = format!(
        "INSERT INTO volume (organisation_id, id, project_id, cluster_id, name, size_gb, wish, wish_seq, attempt, phase,
             phase_at, made_at)
         VALUES ($1, $2, $3, $4, 'datasets', 50, 'kept', 1, 1, 'requested', '{NOW}', '{NOW}')"
    );
    let atlas = world.atlas;
    world.run(&sql, [atlas.id.into(), id.into(), atlas.project.into(), world.cluster.into()]).await;
    id
}

#[tokio::test]
async fn a_volume_says_in_three_languages_how_it_stands_and_never_that_it_is_billed_where_it_is_not() {
    let portal = TestPortal::new().await;
    let id = asked(&portal.world).await;
    for (name, change, is_billed) in [
        ("requested", "phase = 'requested'", false),
        ("bound", "phase = 'bound', claim_uid = 'u', bound_at = phase_at, capacity_gb = 50", true),
        ("frozen", "frozen_at = phase_at", false),
        ("deleted", "frozen_at = NULL, wish = 'deleted', deleted_at = phase_at, undo_until = '2026-11-06'", false),
    ] {
        portal.world.run(&format!("UPDATE volume SET {change} WHERE id = $1"), [id.into()]).await;
        for locale in LOCALES {
            let page = portal.get_in("owner@atlas.test", locale, &format!("/o/atlas/volumes/{id}")).await;
            assert_eq!(page.status, StatusCode::OK, "{name}: {}", page.body);
            page.keep(&format!("volume-{name}.{locale}.html"));
            for fault in [" style=", "{$", "{ $", "volume-", "? requested", "? bound"] {
                assert!(!page.body.contains(fault), "{fault} in {name} in {locale}: {}", page.body);
            }
            assert_eq!(page.body.matches("<h1").count(), 1, "headings of {name}");
            assert_eq!(page.twice(), Vec::<String>::new(), "ids that stand twice in {name}");
        }
        let page = portal.get("owner@atlas.test", &format!("/o/atlas/volumes/{id}")).await;
        assert_eq!(page.body.contains("billed by the second"), is_billed, "{name}: {}", page.body);
        let viewer = portal.get("viewer@atlas.test", &format!("/o/atlas/volumes/{id}")).await;
        assert!(viewer.status == StatusCode::OK && !viewer.body.contains("name=\"confirm\""), "viewers delete nothing");
    }
}
