//! Every screen, as somebody who may see it, in light, dark and Arabic, on a desk and on a phone: axe finds nothing and
//! nothing overflows. The screens are held against the router's own list, so a new one without a visit fails.

mod screens;
mod world;

use std::{collections::VecDeque, env, sync::Mutex};

use anyhow::{Context, ensure};
use app::ROUTES;
use end2end::{Journey, Portal, Scheme, Setting, Tab, Width, peers};
use futures_util::future::try_join_all;

use self::{
    screens::{LEAD_ON, VISITS, Visit},
    world::World,
};

/// Browsers at once; each works for itself.
const BROWSERS: usize = 3;

/// How a page is looked at once it is loaded in a language.
const LOOKS: [(&str, Width, Scheme); 4] = [
    ("light", Width::Desk, Scheme::Light),
    ("dark", Width::Desk, Scheme::Dark),
    ("dark-phone", Width::Phone, Scheme::Dark),
    ("light-phone", Width::Phone, Scheme::Light),
];

/// Does this address belong to this path of the router?
fn is_at(address: &str, path: &str) -> bool {
    let address = address.split('?').next().unwrap_or_default();
    let (parts, wanted): (Vec<_>, Vec<_>) = (address.split('/').collect(), path.split('/').collect());
    let fits = |(part, wanted): (&&str, &&str)| part == wanted || (wanted.starts_with('{') && !part.is_empty());
    parts.len() == wanted.len() && parts.iter().zip(&wanted).all(fits)
}

/// The route that a visit goes to: of several that fit, the one that names more of its parts.
fn route_of(visit: &Visit) -> Option<(&'static str, &'static str)> {
    let method = if visit.fields.is_some() { "post" } else { "get" };
    let fitting = ROUTES.iter().filter(|(known, path)| *known == method && is_at(visit.address, path));
    fitting.min_by_key(|(_, path)| path.matches('{').count()).copied()
}

#[test]
fn every_route_is_visited_or_leads_on_to_one_that_is() {
    let visited: Vec<_> = VISITS.iter().filter_map(route_of).collect();
    let missed: Vec<_> = ROUTES.iter().filter(|route| !visited.contains(route) && !LEAD_ON.contains(route)).collect();
    assert!(missed.is_empty(), "nobody visits {missed:#?}");
    let gone: Vec<_> = LEAD_ON.iter().filter(|route| !ROUTES.contains(route) || visited.contains(route)).collect();
    assert!(gone.is_empty(), "these are no routes any more, or are visited: {gone:#?}");
}

#[tokio::test]
async fn every_screen_is_accessible_and_fits_in_every_look() -> anyhow::Result<()> {
    let (mut portal, folder) = (Portal::start().await?, tempfile::tempdir()?);
    portal.stop_portal().await?;
    let offering = peers::offering("http://localhost:1", folder.path())?;
    portal.start_portal_with(&[&offering[0], &offering[1]]).await?;
    let world = World::make(&portal).await?;
    let waiting = Mutex::new(VISITS.iter().enumerate().collect::<VecDeque<_>>());
    let next = || waiting.lock().ok()?.pop_front();
    let browsers = (0..BROWSERS).map(async |_| {
        let journey = Journey::start(&portal.origin(), Setting::default()).await?;
        let tab = journey.tab().await?;
        let (mut broken, mut refused) = (Vec::new(), Vec::new());
        while let Some((place, visit)) = next() {
            visit_it(&tab, &world, (place, visit), &mut broken).await?;
            refused.extend((visit.status >= 400).then(|| world.fill(visit.address)));
        }
        let complaints = journey.take_complaints();
        let of_refusal = |complaint: &&String| refused.iter().any(|address| complaint.contains(&format!("{address})")));
        broken.extend(complaints.iter().filter(|complaint| !of_refusal(complaint)).cloned());
        journey.end().await?;
        anyhow::Ok(broken)
    });
    let broken: Vec<_> = try_join_all(browsers).await?.concat();
    ensure!(broken.is_empty(), "{} things are wrong:\n{}", broken.len(), broken.join("\n"));
    Ok(())
}

/// Looks at one screen in every look; what is wrong with it goes into the list, so that one run finds everything.
async fn visit_it(
    tab: &Tab,
    world: &World,
    (place, visit): (usize, &Visit),
    broken: &mut Vec<String>,
) -> anyhow::Result<()> {
    for locale in ["en", "ar"] {
        tab.be(world.visitor(visit.who)).await?;
        tab.speak(locale).await?;
        go(tab, world, visit).await.with_context(|| format!("{:?} at {}", visit.who, visit.address))?;
        // Arabic turns the page round; its colours are those of the other languages.
        let looks = LOOKS.iter().filter(|(.., scheme)| locale == "en" || *scheme == Scheme::Light);
        for (look, width, scheme) in looks {
            tab.look(*width, *scheme).await?;
            if let Err(error) = check(tab, *scheme).await {
                broken.push(format!("{:?}, {locale}, {look}: {error:#}", visit.who));
            }
            if env::var_os("TAMUDA_TEST_PICTURES").is_some() {
                let name = visit.address.replace(|letter: char| !letter.is_ascii_alphanumeric(), "-");
                tab.picture(&format!("{locale}-{look}/{place:02}{name}")).await?;
            }
        }
    }
    Ok(())
}

/// By night the page is the same but for its colours.
async fn check(tab: &Tab, scheme: Scheme) -> anyhow::Result<()> {
    match scheme {
        Scheme::Light => tab.check().await,
        Scheme::Dark => tab.check_colours().await,
    }
}

/// Goes there as the visit says, and finds the page that it promises.
async fn go(tab: &Tab, world: &World, visit: &Visit) -> anyhow::Result<()> {
    let address = world.fill(visit.address);
    match visit.fields {
        None => tab.open(&address).await?,
        Some(fields) => {
            tab.open("/sign-in").await?;
            let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, world.fill(value))).collect();
            tab.send(&address, &fields).await?;
        }
    }
    tab.until_usable().await?;
    let (status, path) = (tab.status().await?, tab.path().await?);
    ensure!(status == u64::from(visit.status), "it answers {status}, not {}", visit.status);
    ensure!(path == address, "it leads to {path}");
    Ok(())
}
