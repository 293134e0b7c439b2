//! Every component on one page, in English by day and night and in Arabic, written to `target/gallery` to be looked at.
//! The tests hold what a look cannot: nothing inline, everything escaped, landmarks in their places.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::{fs, path::Path};

use app::{Flash, Page, Site, Visit, components::*};
use axum::{http::StatusCode, response::IntoResponse};
use frontend::Live;
use leptos::prelude::*;
use messages::{Locale, Words};

mod frame;
mod pieces;

const HOSTILE: &str = "</textarea></title><script>alert('x')</script>&amp;\"";

fn visit(locale: Locale, theme: Theme) -> Visit {
    let words = Words::new(locale, "Africa/Casablanca");
    let flash = Flash {
        tone: Tone::Good,
        title: "alphafold-sweep stops".into(),
        words: Some("Volumes are kept. You can start it again.".into()),
    };
    Visit {
        words,
        theme,
        here: "/o/rif/instances?page=2".into(),
        flash: Some(flash),
        simulated: true,
        site: Site::default(),
    }
}

fn gallery(locale: Locale, theme: Theme) -> Page {
    let visit = visit(locale, theme);
    let way = vec![
        Crumb::to("/o/rif", "Rif Biomed"),
        Crumb::to("/o/rif/instances", visit.words.say("nav-instances", &[])),
        Crumb::here("alphafold-sweep"),
    ];
    Page::within(&visit, frame::shell(&visit.words), "Gallery", way, || pieces::all(&visit.words))
}

fn keep(name: &str, page: &Page) {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().join("gallery");
    let style = target.join("style");
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../style");
    for folder in ["", "fonts"] {
        fs::create_dir_all(style.join(folder)).unwrap();
        for file in
            fs::read_dir(source.join(folder)).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file())
        {
            fs::copy(&file, style.join(folder).join(file.file_name().unwrap())).unwrap();
        }
    }
    let html = page.html().replace("/site/style.css", "style/main.css").replace("/site/icon.svg", "style/icon.svg");
    fs::write(target.join(name), html).unwrap();
}

#[test]
fn the_gallery_is_whole_in_both_directions() {
    for (name, locale, theme) in [
        ("en-light.html", Locale::En, Theme::Light),
        ("en-dark.html", Locale::En, Theme::Dark),
        ("fr-light.html", Locale::Fr, Theme::Light),
        ("ar-light.html", Locale::Ar, Theme::Light),
        ("ar-dark.html", Locale::Ar, Theme::Dark),
    ] {
        let page = gallery(locale, theme);
        keep(name, &page);
        let html = page.html();
        let opening = format!(
            "<html lang=\"{}\" dir=\"{}\" data-theme=\"{}\">",
            locale.tag(),
            locale.dir().as_str(),
            theme.word()
        );
        assert!(html.contains(&opening), "{opening}");
        for landmark in ["<main", "<nav", "<header class=\"top\"", "<h1>", "class=\"skip\""] {
            assert_eq!(html.matches(landmark).count(), if landmark == "<nav" { 4 } else { 1 }, "{landmark} in {name}");
        }
        // The content security policy allows neither inline style nor inline script.
        for inline in [" style=", "<style", "<script", " onclick"] {
            assert!(!html.contains(inline), "{inline} in {name}");
        }
        assert_eq!(ids(html).1, Vec::<String>::new(), "ids that stand twice in {name}");
    }
}

#[test]
fn everything_refers_to_ids_that_exist() {
    let page = gallery(Locale::En, Theme::Light);
    let (ids, _) = ids(page.html());
    for attribute in ["for=\"", "aria-describedby=\"", "href=\"#", "url(#", "popovertarget=\""] {
        for named in page.html().split(attribute).skip(1) {
            let names = named.split(['"', ')']).next().unwrap();
            for name in names.split(' ') {
                assert!(ids.iter().any(|id| id == name), "{attribute}{name} leads nowhere");
            }
        }
    }
}

#[test]
fn what_people_write_stays_text_everywhere() {
    let visit = visit(Locale::En, Theme::System);
    let hostile = || HOSTILE.to_owned();
    let view = || {
        let area = TextArea {
            name: "reason".into(),
            label: hostile(),
            value: hostile(),
            hint: Some(hostile()),
            error: Some(hostile()),
        };
        let parts = vec![Part { kind: PartKind::Billed, seconds: 1, words: hostile() }];
        let ribbon = Ribbon {
            id: "r".into(),
            label: hostile(),
            parts,
            marks: vec![(0, hostile())],
            legend: vec![(PartKind::Free, hostile())],
            table: None,
            rtl: false,
        };
        let table = Table::new(hostile(), vec![Column::new(hostile())]).rows(vec![Row::new(vec![text(hostile())])]);
        let log = log(hostile(), &Mark::still(), vec![types::LogLine { at: None, text: hostile() }]);
        let field = Field::text("name", hostile()).value(hostile()).error(Some(hostile()));
        let views =
            vec![area.view(), ribbon.view(), table.view(), log, field.view(), ident(hostile()), link("/", hostile())];
        views.into_any()
    };
    let page = Page::bare(&visit, Bare { end: None }, HOSTILE, view);
    let html = page.html();
    assert!(!html.contains("<script") && !html.contains("alert('x')</script>"), "{html}");
    assert!(html.contains("<title>&lt;/textarea&gt;"), "the title is not escaped");
    assert_eq!(html.matches("<textarea").count(), html.matches("</textarea>").count(), "a text area was broken out of");
    // Once, not twice: people read what they wrote.
    assert!(html.contains("&gt;&amp;amp;&quot;</textarea>"), "the text area's content is not what was written");
}

#[test]
fn a_bare_page_has_no_navigation_and_keeps_its_status() {
    let visit = visit(Locale::Fr, Theme::System);
    let page = Page::bare(&visit, Bare { end: None }, "Introuvable", frame::sign_in).with_status(StatusCode::NOT_FOUND);
    keep("fr-sign-in.html", &page);
    assert!(!page.html().contains("<nav"));
    assert!(page.html().contains("<title>Introuvable · Tamuda</title>"));
    let response = page.private().into_response();
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
    assert_eq!(response.headers()["cache-control"], "no-store");
}

#[test]
fn only_a_page_with_an_island_loads_the_islands() {
    let visit = visit(Locale::En, Theme::System);
    let still = Page::bare(&visit, Bare { end: None }, "Still", || live(&Mark::of("page", "ago"), "2 s ago"));
    assert!(!still.html().contains("modulepreload") && !still.html().contains("<!>"), "{}", still.html());
    let island = || view! { <Live stream="/events".to_owned() ago="{s} s ago".to_owned() ended="Over".to_owned()>{live(&Mark::of("page", "ago"), "2 s ago")}</Live> };
    let moving = Page::bare(&visit, Bare { end: None }, "Moving", || island().into_any());
    assert!(
        moving.html().contains("<script type=\"module\" src=\"/site/boot.js\"></script></head>"),
        "{}",
        moving.html()
    );
    assert!(moving.html().contains("data-live=\"page\" data-slot=\"ago\""), "{}", moving.html());
}

#[test]
fn signed_in_pages_are_stored_nowhere() {
    let response = gallery(Locale::En, Theme::Light).into_response();
    assert_eq!(response.headers()["cache-control"], "no-store");
    assert_eq!(response.headers()["content-type"], "text/html; charset=utf-8");
}

/// All ids, and those that stand twice.
fn ids(html: &str) -> (Vec<String>, Vec<String>) {
    let mut ids: Vec<_> = html.split(" id=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect();
    ids.sort();
    let twice = ids.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0].clone()).collect();
    (ids, twice)
}
