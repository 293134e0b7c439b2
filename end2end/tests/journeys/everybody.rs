//! Every screen, as somebody who may see it, in light, dark and Arabic, on a desk and on a phone: axe finds nothing, in the
//! daily run in two of these, and nothing overflows. The screens are held against the router's own list, so a new one
//! without a visit fails.

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

/// The languages that screens are loaded in: one that runs from the left, one from the right.
const LOCALES: [&str; 2] = ["en", "ar"];

/// How a page is looked at once it is loaded in a language.
const LOOKS: [(&str, Width, Scheme); 4] = [
    ("light", Width::Desk, Scheme::Light),
    ("dark", Width::Desk, Scheme::Dark),
    ("dark-phone", Width::Phone, Scheme::Dark),
    ("light-phone", Width::Phone, Scheme::Light),
];

/// What is checked in one look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Check {
    /// That nothing overflows, and every rule of axe.
    Everything,
    /// That everything can be read in these colours.
    Colours,
    /// That nothing overflows, which takes no time.
    Overflow,
}

/// What is checked in a look at the screen in this place of the list, if it is taken. Axe takes most of the time: the
/// daily run shows it each screen once, in turn on a desk in English and on a phone in Arabic, and its colours by night on
/// the other of both.
fn checked(place: usize, locale: &str, (width, scheme): (Width, Scheme), is_deep: bool) -> Option<Check> {
    let (is_phone, in_arabic) = (width == Width::Phone, place % 2 == 1);
    match scheme {
        // By night a page is the same but for its colours, and those of Arabic are the other languages'.
        Scheme::Dark if locale == "ar" => None,
        Scheme::Dark => (is_deep || is_phone != in_arabic).then_some(Check::Colours),
        Scheme::Light if is_deep || (is_phone, locale == "ar") == (in_arabic, in_arabic) => Some(Check::Everything),
        Scheme::Light => Some(Check::Overflow),
    }
}

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

#[test]
fn no_screen_goes_without_a_kind_of_check_in_the_daily_run() {
    let taken = |place: usize| {
        let looks = LOCALES.iter().flat_map(|locale| LOOKS.map(|(_, width, scheme)| (*locale, width, scheme)));
        let check = |(locale, width, scheme)| Some((locale, width, checked(place, locale, (width, scheme), false)?));
        looks.filter_map(check).collect::<Vec<_>>()
    };
    let mut in_languages = Vec::new();
    for place in 0..VISITS.len() {
        let taken = taken(place);
        let of = |wanted: Check| taken.iter().filter(|(.., check)| *check == wanted).collect::<Vec<_>>();
        let (whole, fitting, nights) = (of(Check::Everything), of(Check::Overflow), of(Check::Colours));
        let seen: Vec<_> = whole.iter().chain(&nights).map(|(_, width, _)| *width).collect();
        assert!([Width::Desk, Width::Phone].iter().all(|width| seen.contains(width)), "no axe at one of the widths");
        assert_eq!((whole.len(), nights.len()), (1, 1), "axe sees it once by day, and its colours by night");
        assert_eq!(whole.len() + fitting.len(), LOCALES.len() * 2, "overflow is looked for at every width");
        in_languages.extend(whole.iter().map(|(locale, ..)| *locale));
    }
    let halves = LOCALES.map(|wanted| in_languages.iter().filter(|locale| **locale == wanted).count());
    assert!(halves[0].abs_diff(halves[1]) <= 1, "axe sees as many screens in either language: {halves:?}");
}

#[tokio::test]
async fn every_screen_is_accessible_and_fits_in_every_look() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let offering = peers::offering("http://localhost:1", folder.path())?;
    let portal = Portal::start_with(&[&offering[0], &offering[1]]).await?;
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

/// Looks at one screen in every look that its place has; what is wrong with it goes into the list, so that one run finds everything.
async fn visit_it(
    tab: &Tab,
    world: &World,
    (place, visit): (usize, &Visit),
    broken: &mut Vec<String>,
) -> anyhow::Result<()> {
    let with_pictures = env::var_os("TAMUDA_TEST_PICTURES").is_some();
    let is_deep = with_pictures || env::var_os("TAMUDA_DEEP").is_some();
    for locale in LOCALES {
        tab.be(world.visitor(visit.who)).await?;
        tab.speak(locale).await?;
        go(tab, world, visit).await.with_context(|| format!("{:?} at {}", visit.who, visit.address))?;
        for (look, width, scheme) in LOOKS {
            let Some(wanted) = checked(place, locale, (width, scheme), is_deep) else { continue };
            tab.look(width, scheme).await?;
            if let Err(error) = check(tab, wanted).await {
                broken.push(format!("{:?}, {locale}, {look}: {error:#}", visit.who));
            }
            if with_pictures {
                let name = visit.address.replace(|letter: char| !letter.is_ascii_alphanumeric(), "-");
                tab.picture(&format!("{locale}-{look}/{place:02}{name}")).await?;
            }
        }
    }
    Ok(())
}

async fn check(tab: &Tab, wanted: Check) -> anyhow::Result<()> {
    match wanted {
        Check::Everything => tab.check().await,
        Check::Colours => tab.check_colours().await,
        Check::Overflow => tab.check_overflow().await,
    }
}

/// Goes there as the visit says, and finds the page that it promises.
async fn go(tab: &Tab, world: &World, visit: &Visit) -> anyhow::Result<()> {
    let address = world.fill(visit.address);
    match visit.fields {
        None => tab.open(&address).await?,
        Some(fields) => {
            // A form is sent from a page of the portal: any, so the one that was looked at before.
            if !tab.path().await?.starts_with('/') {
                tab.open("/sign-in").await?;
            }
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
