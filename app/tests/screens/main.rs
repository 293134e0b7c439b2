//! The tenants' screens on a real database: each opens for whom it should, in three languages, with nothing inline and
//! nothing unsaid; forms do what they say. The pages are kept in `target/gallery/screens` to be looked at.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
// The widest page's future nests deeper than the compiler follows by itself.
#![recursion_limit = "256"]

mod cards;
mod close;
mod contested;
#[path = "../../../server/domain/tests/rules/invoiced/mod.rs"]
mod invoiced;
mod limits;
#[path = "../../../server/domain/tests/rules/paid/mod.rs"]
mod paid;
mod portal;
mod roles;
mod saved_cards;
mod signing;
mod volumes;
#[path = "../../../server/domain/tests/rules/world/mod.rs"]
mod world;

use axum::http::StatusCode;
use domain::{
    access::policy::{LaunchInstances, ManageProjects, ReadInstances},
    budgets::set_budget,
    catalogue,
    commands::Command,
    instances, organisations,
};
use messages::{Locale, Words};
use portal::{Answer, NOW, TestPortal};
use types::{
    BudgetSubject, BudgetWindow, MakeProject, Money, Patch, PlanLaunch, ProjectId, SetBudget, SetProjectMembers,
};
use world::at;

const LOCALES: [&str; 3] = ["en", "fr", "ar"];

#[tokio::test]
async fn every_screen_opens_in_three_languages_with_nothing_inline_and_nothing_unsaid() {
    let portal = TestPortal::new().await;
    for (name, path) in portal.screens() {
        for locale in LOCALES {
            let page = portal.get_in("owner@atlas.test", locale, &path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.body);
            page.keep(&format!("{name}.{locale}.html"));
            for fault in [" style=", "<style", " onclick", "{$", "{ $", "refusal-"] {
                assert!(!page.body.contains(fault), "{fault} in {name} in {locale}");
            }
            assert_eq!(page.body.matches("<h1").count(), 1, "headings of {name}");
            assert!(page.body.contains(&format!("lang=\"{locale}\"")), "{name}");
            assert_eq!(page.twice(), Vec::<String>::new(), "ids that stand twice in {name}");
        }
    }
}

#[tokio::test]
async fn nobody_signs_in_first_strangers_see_nothing_and_viewers_learn_whom_to_ask() {
    let portal = TestPortal::new().await;
    let nobody = portal.get("", "/o/atlas/wallet").await;
    assert_eq!(nobody.location.as_deref(), Some("/sign-in?return=%2Fo%2Fatlas%2Fwallet"));
    let form = portal.get("", "/sign-in?return=%2Fo%2Fatlas%2Fwallet").await;
    form.keep("sign-in.en.html");
    assert!(form.body.contains("name=\"return\" value=\"/o/atlas/wallet\""), "signing in leads back");
    let stranger = portal.get("owner@breton.test", "/o/atlas/wallet").await;
    assert_eq!(stranger.status, StatusCode::NOT_FOUND);
    assert!(stranger.body.contains("is not yours to see"));
    let viewer = portal.get("viewer@atlas.test", "/o/atlas/wallet").await;
    viewer.keep("forbidden.en.html");
    assert_eq!(viewer.status, StatusCode::FORBIDDEN);
    assert!(viewer.body.contains("permission to see the balance. It belongs to: Owner"), "{}", viewer.body);
    assert!(viewer.body.contains("req_1"), "the request's number stands on the page");
}

#[tokio::test]
async fn a_transfer_is_announced_leads_to_its_pro_forma_and_is_called_off() {
    let portal = TestPortal::new().await;
    let form = |amount: &str, key: &str| format!("amount={amount}&idempotency_key={key}");
    let announced = portal.post("billing@atlas.test", "/o/atlas/transfers", form("1+250%2C50", "one")).await;
    assert_eq!(announced.status, StatusCode::SEE_OTHER, "{}", announced.body);
    let path = announced.location.unwrap();
    let page = portal.get("developer@atlas.test", &path).await;
    for told in ["MA64 0115 1900 0001 2050 0053 4921", "011 519 0000012050005349 21", "Pro-forma RF", "class=\"qr\""] {
        assert!(page.body.contains(told), "{told} is not on the pro-forma: {}", page.body);
    }
    assert!(!page.body.contains("/cancel"), "developers call nothing off");
    let refused = portal.post("billing@atlas.test", "/o/atlas/transfers", form("much", "two")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("value=\"much\"") && refused.body.contains("aria-invalid=\"true\""));
    let off = portal.post("billing@atlas.test", &format!("{path}/cancel"), "idempotency_key=off".to_owned()).await;
    assert_eq!(off.location.as_deref(), Some(path.as_str()));
    let page = portal.get("billing@atlas.test", &path).await;
    assert!(page.body.contains("called off") && !page.body.contains("class=\"qr\""));
}

#[tokio::test]
async fn navigation_offers_only_what_the_role_may_open() {
    let portal = TestPortal::new().await;
    let page = portal.get("billing@atlas.test", "/o/atlas").await;
    assert!(page.body.contains("href=\"/o/atlas/invoices\""));
    assert!(!page.body.contains("href=\"/o/atlas/launch\""), "billing launches nothing");
    let page = portal.get("viewer@atlas.test", "/o/atlas").await;
    assert!(!page.body.contains("href=\"/o/atlas/wallet\""), "viewers do not see the money");
}

#[tokio::test]
async fn a_launch_leads_to_its_page_and_a_refused_one_keeps_what_was_written() {
    let portal = TestPortal::new().await;
    let launched = portal.launch("alpha-fold").await;
    assert_eq!(launched.status, StatusCode::SEE_OTHER, "{}", launched.body);
    let twice = portal.launch("alpha-fold").await;
    assert_eq!(twice.location, launched.location, "the same form sent twice is one launch");
    let page = portal.get("developer@atlas.test", &launched.location.unwrap()).await;
    assert!(page.body.contains("alpha-fold"));
    let refused = portal.launch("Alpha Fold").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("value=\"Alpha Fold\""), "what was written stays");
    assert!(refused.body.contains("aria-invalid=\"true\""), "the field says that it is meant");
}

#[tokio::test]
async fn an_instance_stops_at_once_and_is_deleted_only_by_its_name() {
    let portal = TestPortal::new().await;
    let path = portal.launch("alpha-fold").await.location.unwrap();
    let stopped = portal.post("developer@atlas.test", &format!("{path}/stop"), String::new()).await;
    assert_eq!(stopped.status, StatusCode::SEE_OTHER, "{}", stopped.body);
    let wrong = portal.post("developer@atlas.test", &format!("{path}/delete"), "confirm=other".to_owned()).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("value=\"other\""));
    let form = "confirm=alpha-fold".to_owned();
    let deleted = portal.post("developer@atlas.test", &format!("{path}/delete"), form).await;
    assert_eq!(deleted.status, StatusCode::SEE_OTHER, "{}", deleted.body);
    let page = portal.get("developer@atlas.test", &path).await;
    assert!(page.body.contains(&format!("{path}/undo")), "a deletion can be undone for a day");
    let viewer = portal.post("viewer@atlas.test", &format!("{path}/undo"), String::new()).await;
    assert_eq!(viewer.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn preferences_are_kept_in_the_browser_and_lead_back_only_to_our_own_pages() {
    let portal = TestPortal::new().await;
    let kept = portal.post("", "/preferences", "locale=ar&return=%2Fsign-in".to_owned()).await;
    assert_eq!(kept.location.as_deref(), Some("/sign-in"));
    assert!(kept.cookies.iter().any(|cookie| cookie.starts_with("tamuda-locale=ar;")), "{:?}", kept.cookies);
    let astray = portal.post("", "/preferences", "theme=dark&return=%2F%2Fevil.example".to_owned()).await;
    assert_eq!(astray.location.as_deref(), Some("/"));
}

#[tokio::test]
async fn a_recalculation_of_an_issued_invoice_says_that_it_is_equal() {
    let portal = TestPortal::new().await;
    let path = format!("/o/atlas/invoices/{}?line=1&recalculate=1", portal.invoice);
    let page = portal.get("billing@atlas.test", &path).await;
    assert!(page.body.contains("Replay equal"), "{}", page.body);
    assert!(page.body.contains("÷ 3600"), "the line is open");
}

#[tokio::test]
async fn a_stream_changes_only_places_that_the_page_has_and_to_the_words_that_it_began_with() {
    let portal = TestPortal::new().await;
    let (world, words) = (&portal.world, Words::new(Locale::En, "Africa/Casablanca"));
    let scope = world.scope::<ReadInstances>("owner@atlas.test", world.atlas).await;
    let tx = world.db.look(&scope, at(NOW)).await.unwrap();
    let detail = instances::instance_in(&tx, &scope, portal.instance).await.unwrap();
    let page = portal.get("owner@atlas.test", &format!("/o/atlas/instances/{}", portal.instance)).await;
    assert_shown(&page, &app::live::instance_patch(&words, &detail, at(NOW)));
    let list = portal.get("owner@atlas.test", "/o/atlas/instances").await;
    assert_shown(&list, &app::live::row_patch(&words, &detail.instance, at(NOW)));
}

#[tokio::test]
async fn the_summary_beside_the_form_has_a_place_for_all_that_the_plan_says() {
    let portal = TestPortal::new().await;
    let (world, words) = (&portal.world, Words::new(Locale::En, "Africa/Casablanca"));
    let seat = world.actor("owner@atlas.test").await.enter(&world.db, world.atlas.slug).await.unwrap();
    let scope = seat.prove::<LaunchInstances>().unwrap();
    let tx = world.db.look(&scope, at(NOW)).await.unwrap();
    let ask = PlanLaunch::of(world.h100, 4, None);
    let plan = catalogue::plan_launch_in(&tx, &scope, &ask).await.unwrap();
    let path = format!("/o/atlas/launch?flavour={}&units=4&template=vllm", world.h100);
    let page = portal.get("owner@atlas.test", &path).await;
    assert_shown(&page, &app::live::launch_patch(&words, &plan, &seat, "vllm", at(NOW)));
}

#[tokio::test]
async fn a_budget_in_the_way_is_told_before_the_button_with_a_link_for_who_may_raise_it() {
    let portal = TestPortal::new().await;
    let (world, project) = (&portal.world, portal.world.atlas.project);
    let scope = world.scope::<ManageProjects>("owner@atlas.test", world.atlas).await;
    let ceiling = Money { micros: 1_000_000, currency: world.atlas.currency };
    let (subject, window) = (BudgetSubject::Project(project), BudgetWindow::Total);
    set_budget(&world.db, &scope, SetBudget { subject, window, ceiling, alert: None }, at(NOW)).await.unwrap();
    let path = format!("/o/atlas/launch?flavour={}", world.slice);
    let raise = format!("href=\"/o/atlas/projects/{project}#budget\"");
    for locale in LOCALES {
        let page = portal.get_in("owner@atlas.test", locale, &path).await;
        page.keep(&format!("launch-beyond-budget.{locale}.html"));
        assert!(page.body.contains(&raise) && page.body.contains("aria-disabled=\"true\""), "{locale}: {}", page.body);
        assert!(!page.body.contains("{$") && !page.body.contains("verdict-budget"), "{locale}: {}", page.body);
    }
    let told = "The budget of the project Research has";
    let page = portal.get("developer@atlas.test", &path).await;
    assert!(page.body.contains(told) && !page.body.contains(&raise), "{}", page.body);
    let refused = portal.launch("dear").await;
    assert_eq!(refused.status, StatusCode::PAYMENT_REQUIRED);
    assert_eq!(refused.body.matches(told).count(), 2, "the refusal and the verdict say the same: {}", refused.body);
}

#[tokio::test]
async fn the_launch_page_offers_the_readers_projects_and_tells_who_is_in_none_whom_to_ask() {
    let portal = TestPortal::new().await;
    let (world, atlas) = (&portal.world, portal.world.atlas);
    let scope = world.scope::<ManageProjects>("owner@atlas.test", atlas).await;
    let ask = MakeProject { name: "Vision".to_owned() };
    let command = Command::new("vision", "make_project", &ask).unwrap();
    let vision = organisations::make_project(&world.db, &scope, ask, command, at(NOW)).await.unwrap().id;
    let billing = world.actor("billing@atlas.test").await.person().id;
    let reserve = async |project| {
        let ask = SetProjectMembers { project, members: vec![billing] };
        organisations::set_project_members(&world.db, &scope, ask, at(NOW)).await.unwrap();
    };
    reserve(atlas.project).await;
    let option = |project: ProjectId| format!("value=\"{project}\"");
    let page = portal.get("developer@atlas.test", "/o/atlas/launch").await;
    assert!(page.body.contains(&option(vision)) && !page.body.contains(&option(atlas.project)), "{}", page.body);
    let page = portal.get("owner@atlas.test", "/o/atlas/launch").await;
    assert!(page.body.contains(&option(vision)) && page.body.contains(&option(atlas.project)), "{}", page.body);
    reserve(vision).await;
    for locale in LOCALES {
        let page = portal.get_in("developer@atlas.test", locale, "/o/atlas/launch").await;
        page.keep(&format!("launch-no-project.{locale}.html"));
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains("owner@atlas.test") && page.body.contains("admin@atlas.test"), "{}", page.body);
        assert!(!page.body.contains("data-launch") && !page.body.contains("launch-no-project"), "{}", page.body);
    }
}

#[tokio::test]
async fn a_project_says_in_three_languages_what_closing_does_and_how_it_is_opened_again() {
    let portal = TestPortal::new().await;
    let (world, atlas) = (&portal.world, portal.world.atlas);
    let scope = world.scope::<ManageProjects>("owner@atlas.test", atlas).await;
    let ask = MakeProject { name: "Vision".to_owned() };
    let command = Command::new("vision", "make_project", &ask).unwrap();
    let vision = organisations::make_project(&world.db, &scope, ask, command, at(NOW)).await.unwrap().id;
    let path = format!("/o/atlas/projects/{vision}");
    let shown = async |path: &str, name: &str, place: &str| {
        for locale in LOCALES {
            let page = portal.get_in("owner@atlas.test", locale, path).await;
            page.keep(&format!("{name}.{locale}.html"));
            assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.body);
            assert!(page.body.contains(place) && page.body.contains("Vision"), "{locale}: {}", page.body);
            for unsaid in ["{$", "{ $", "project-close", "project-open"] {
                assert!(!page.body.contains(unsaid), "{unsaid} in {locale}: {}", page.body);
            }
        }
    };
    shown(&format!("{path}/close"), "project-close", "name=\"confirm\"").await;
    let closed = portal.post("owner@atlas.test", &format!("{path}/close"), "confirm=vision".to_owned()).await;
    assert_eq!(closed.location.as_deref(), Some(path.as_str()), "{}", closed.body);
    shown(&path, "project-closed", &format!("action=\"{path}/open\"")).await;
    let page = portal.get("viewer@atlas.test", "/o/atlas/projects").await;
    assert!(page.body.contains("pill idle") && page.body.contains("Closed"), "{}", page.body);
}

#[tokio::test]
async fn usage_is_drawn_by_day_and_where_there_are_several_groups_by_group_with_a_table_of_the_same() {
    let portal = TestPortal::new().await;
    for (query, n_charts, said) in [
        ("?by=flavour", 2, "By GPU · November 2026, so far"),
        ("?by=project&month=2026-10", 1, "By project · October 2026"),
        ("?by=project&month=2026-09", 1, "Nothing was billed in this month"),
    ] {
        let page = portal.get("viewer@atlas.test", &format!("/o/atlas/usage{query}")).await;
        assert_eq!(page.status, StatusCode::OK, "{query}");
        assert!(page.body.contains(said), "{said} in {query}: {}", page.body);
        assert_eq!(page.body.matches("class=\"bars\"").count(), n_charts, "{query}");
    }
}

#[tokio::test]
async fn the_wallet_says_what_each_movement_was_and_leads_readers_of_invoices_to_them() {
    let portal = TestPortal::new().await;
    let invoice = format!("href=\"/o/atlas/invoices/{}\"", portal.invoice);
    for (role, is_led) in [("owner", true), ("billing", true), ("developer", false)] {
        let page = portal.get(&format!("{role}@atlas.test"), "/o/atlas/wallet").await;
        assert_eq!(page.status, StatusCode::OK, "{role}");
        for said in ["from 3 Oct, 10:00:00 until 14 Oct, 09:12:40", "TM-2026-000001", "Welcome"] {
            assert!(page.body.contains(said), "{said} for {role}: {}", page.body);
        }
        assert_eq!(page.body.contains(&invoice), is_led, "{role}: {}", page.body);
    }
}

#[tokio::test]
async fn every_page_says_half_an_hour_before_the_money_ends_what_stops_when_to_who_sees_the_balance() {
    let portal = TestPortal::new().await;
    let (world, atlas) = (&portal.world, portal.world.atlas);
    let told = "Everything that runs is stopped then, and nothing new starts.";
    let page = portal.get("owner@atlas.test", "/o/atlas/members").await;
    assert!(!page.body.contains(told), "the money lasts: {}", page.body);
    // So dear that it lasts twenty minutes more.
    let seconds = world.wallet(atlas, at(NOW)).await.empty_at.unwrap().seconds_since(at(NOW));
    world.price(world.h100, "MAD", 2, 30_000_000 * seconds / 1_200, at(NOW)).await;
    for path in ["", "/wallet", "/members", "/instances", "/usage"] {
        let page = portal.get("owner@atlas.test", &format!("/o/atlas{path}")).await;
        assert_eq!(page.body.matches(told).count(), 1, "{path}: {}", page.body);
        assert!(page.body.contains("href=\"/o/atlas/wallet\"") && page.body.contains("Open the wallet"), "{path}");
        let viewer = portal.get("viewer@atlas.test", &format!("/o/atlas{path}")).await;
        assert!(!viewer.body.contains(told), "{path}: {}", viewer.body);
    }
    for locale in LOCALES {
        let page = portal.get_in("billing@atlas.test", locale, "/o/atlas/wallet").await;
        page.keep(&format!("money-ends.{locale}.html"));
        assert!(!page.body.contains("money-ends") && !page.body.contains("{$"), "{locale}: {}", page.body);
    }
}

#[tokio::test]
async fn only_who_can_give_a_token_what_spends_is_asked_for_its_ceiling() {
    let portal = TestPortal::new().await;
    // Whoever makes a token has just shown who they are.
    let fresh = format!("UPDATE session SET proved_at = '{NOW}'");
    portal.world.run(&fresh, []).await;
    for (role, asks) in [("owner", true), ("developer", true), ("billing", false), ("viewer", false)] {
        let page = portal.get(&format!("{role}@atlas.test"), "/o/atlas/tokens/new").await;
        assert_eq!(page.status, StatusCode::OK, "{role}: {}", page.body);
        assert_eq!(page.body.contains("name=\"ceiling\""), asks, "{role}: {}", page.body);
    }
}

/// Each slot of the patch is a place of the page, and its text stands there already.
fn assert_shown(page: &Answer, patch: &Patch) {
    for slot in &patch.slots {
        let place = format!("data-live=\"{}\" data-slot=\"{}\"", patch.id, slot.slot);
        assert!(page.body.contains(&place), "no place {} on the page", slot.slot);
        let text = slot.text.as_deref().unwrap_or_default();
        let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        assert!(page.body.contains(&text), "{}: {text}", slot.slot);
    }
}
