//! The sample frame: an organisation with its ways, and a sign-in page.

use app::components::*;
use leptos::prelude::*;
use messages::{Words, say};

pub(crate) fn shell(words: &Words) -> Shell {
    let item = |icon, words: String, count: Option<&str>, here| Item {
        icon,
        words,
        href: "#main".into(),
        count: count.map(str::to_owned),
        here,
    };
    let sections = vec![
        Section { heading: None, items: vec![item(Icon::Home, say!(words, "nav-overview"), None, false)] },
        Section {
            heading: Some(say!(words, "nav-build")),
            items: vec![
                item(Icon::Plus, say!(words, "nav-launch"), None, false),
                item(Icon::Server, say!(words, "nav-instances"), Some("3"), true),
            ],
        },
        Section {
            heading: Some(say!(words, "nav-money")),
            items: vec![
                item(Icon::Bars, say!(words, "nav-usage"), None, false),
                item(Icon::Wallet, say!(words, "nav-wallet"), None, false),
                item(Icon::Document, say!(words, "nav-invoices"), None, false),
            ],
        },
        Section {
            heading: Some(say!(words, "nav-organisation")),
            items: vec![item(Icon::People, say!(words, "nav-members"), Some("6"), false)],
        },
    ];
    let rate = words.per_hour(super::pieces::mad(32_880_000));
    let lasts = say!(words, "balance-lasts", about = words.about(34 * 3_600), rate = rate);
    let wallet = Wallet {
        href: "#main".into(),
        balance: words.money(super::pieces::mad(1_126_400_000)),
        granted: None,
        lasts,
        share: 340,
        tone: Tone::Good,
    };
    let others = vec![
        Organisation { name: "Atlas Robotics".into(), role: words.role(types::Role::Viewer), href: "#main".into() },
        Organisation {
            name: "Tétouan hub".into(),
            role: words.staff_role(types::StaffRole::Operator),
            href: "#main".into(),
        },
    ];
    Shell {
        switcher: Switcher { name: "Rif Biomed".into(), role: words.role(types::Role::Owner), others },
        sections,
        wallet: Some(wallet),
        notice: None,
        account: Account { name: "Salma Bennani".into(), email: "salma@rif.example".into() },
    }
}

pub(crate) fn sign_in() -> AnyView {
    let fields = view! {
        {Field::email("email", "Adresse e-mail").autocomplete("username").required().view()}
        {Field::password("password", "Mot de passe").autocomplete("current-password").error(Some("L’adresse ou le mot de passe est incorrect.".into())).required().view()}
        {Button::new("Se connecter").primary().big().submit()}
    };
    view! { <div class="narrow">{Heading::new("Se connecter").view()}{Card::plain().body(Form::post("/sign-in").around(fields.into_any()))}</div> }
        .into_any()
}
