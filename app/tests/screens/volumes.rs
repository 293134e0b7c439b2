//! A volume's page in three languages, as it stands in each phase, frozen and deleted.

use axum::http::StatusCode;
use domain::{access::policy::LaunchInstances, catalogue, volumes::STORAGE};
use messages::{Locale, Words};
use types::{NewVolume, PlanLaunch, VolumeId};

use crate::{
    LOCALES, NOW, assert_shown,
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
        ("refused", "phase = 'resizing', size_gb = 80, reason = 'storage_refused', message = 'no resize'", false),
        ("frozen", "phase = 'bound', reason = NULL, message = NULL, frozen_at = phase_at", false),
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
        assert_eq!(page.body.contains("no resize"), name == "refused", "the cluster's answer: {}", page.body);
        let viewer = portal.get("viewer@atlas.test", &format!("/o/atlas/volumes/{id}")).await;
        assert!(viewer.status == StatusCode::OK && !viewer.body.contains("name=\"confirm\""), "viewers delete nothing");
    }
}

#[tokio::test]
async fn what_storage_costs_is_told_before_a_volume_is_made_and_without_a_price_none_is() {
    let portal = TestPortal::new().await;
    let path = "/o/atlas/volumes";
    let page = portal.get("owner@atlas.test", path).await;
    assert!(page.body.contains("Storage has no price") && !page.body.contains("name=\"size_gb\""), "{}", page.body);
    portal.world.price(STORAGE, "MAD", 1, 1_000, at("2026-11-01T00:00:00Z")).await;
    for locale in LOCALES {
        let page = portal.get_in("owner@atlas.test", locale, path).await;
        page.keep(&format!("volumes-priced.{locale}.html"));
        assert!(page.body.contains("name=\"size_gb\"") && !page.body.contains("{$"), "{locale}: {}", page.body);
    }
    let page = portal.get("owner@atlas.test", path).await;
    let said = ["A GiB costs 0.001\u{a0}MAD/h, without tax.", "7\u{a0}d of its price are set aside at once"];
    assert!(said.iter().all(|words| page.body.contains(words)), "{}", page.body);
}

#[tokio::test]
async fn a_launch_that_its_volume_refuses_keeps_it_chosen_and_does_not_offer_to_go_without() {
    let portal = TestPortal::new().await;
    let (world, id) = (&portal.world, asked(&portal.world).await);
    let freeze = "UPDATE volume SET phase = 'bound', claim_uid = 'u', bound_at = phase_at, capacity_gb = 50,
                      frozen_at = phase_at WHERE id = $1";
    world.run(freeze, [id.into()]).await;
    let (flavour, project, id) = (world.slice.to_string(), world.atlas.project.to_string(), id.to_string());
    let pairs = [
        ("idempotency_key", "frozen"),
        ("flavour", flavour.as_str()),
        ("project", project.as_str()),
        ("template", "pytorch"),
        ("units", "1"),
        ("name", "frozen"),
        ("volume", id.as_str()),
    ];
    let form = serde_urlencoded::to_string(pairs).unwrap();
    let page = portal.post("developer@atlas.test", "/o/atlas/launch", form).await;
    assert_eq!(page.status, StatusCode::CONFLICT, "{}", page.body);
    assert!(page.body.contains(&format!("<option value=\"{id}\" selected")), "{}", page.body);
    assert!(page.body.contains("aria-disabled=\"true\""), "{}", page.body);
}

#[tokio::test]
async fn the_summary_of_a_launch_names_its_volumes_and_their_cost_and_carries_them_in_its_request() {
    let portal = TestPortal::new().await;
    let (world, atlas) = (&portal.world, portal.world.atlas);
    let id = asked(world).await;
    world.price(STORAGE, "MAD", 1, 1_000, at("2026-11-01T00:00:00Z")).await;
    let quota = "INSERT INTO quota (organisation_id, flavour_id, units, reason, set_by, set_at)
                 SELECT $1, $2, 100, 'cohort 2026', id, '2026-10-01T00:00:00Z' FROM person ORDER BY email LIMIT 1";
    world.run(quota, [atlas.id.into(), STORAGE.into()]).await;
    let path = |volume: &str, size: u32| {
        let (slice, template) = (world.slice, "vllm");
        format!("/o/atlas/launch?flavour={slice}&template={template}&{volume}&volume_name=scratch&volume_size={size}")
    };
    let chosen = path(&format!("volume={id}"), 20);
    let body = format!("\"volumes\":[\"{id}\"],\"new_volume\":{{\"name\":\"scratch\",\"size_gb\":20}}}}'");
    for locale in LOCALES {
        let page = portal.get_in("owner@atlas.test", locale, &chosen).await;
        page.keep(&format!("launch-volumes.{locale}.html"));
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        assert!(page.body.contains(&body) && page.body.contains("aria-disabled=\"false\""), "{locale}: {}", page.body);
        for unsaid in ["{$", "{ $", "launch-m", "launch-lifeboat"] {
            assert!(!page.body.contains(unsaid), "{unsaid} in {locale}: {}", page.body);
        }
    }
    let seat = world.actor("owner@atlas.test").await.enter(&world.db, atlas.slug).await.unwrap();
    let scope = seat.prove::<LaunchInstances>().unwrap();
    let tx = world.db.look(&scope, at(NOW)).await.unwrap();
    let new_volume = Some(NewVolume { name: "scratch".to_owned(), size_gb: 20 });
    let ask = PlanLaunch { volumes: vec![id], new_volume, ..PlanLaunch::of(world.slice, 1, None) };
    let plan = catalogue::plan_launch_in(&tx, &scope, &ask).await.unwrap();
    let words = Words::new(Locale::En, "Africa/Casablanca");
    let page = portal.get("owner@atlas.test", &chosen).await;
    assert_shown(&page, &app::live::launch_patch(&words, &plan, &seat, "vllm", at(NOW)));
    // What the page does not offer is not chosen on it, and what cannot be made is told before the button.
    let page = portal.get("owner@atlas.test", &path("volume=vol_01ka4c2d00000000000000000z", 51)).await;
    assert!(page.body.contains("aria-disabled=\"true\"") && !page.body.contains("\"volumes\":"), "{}", page.body);
    assert!(page.body.contains("50 GiB are left"), "{}", page.body);
}
