//! What stands around a page: for those who are signed in, navigation, balance and tools; for others a bare frame.

use leptos::prelude::*;
use messages::{Words, say};

use super::{
    Banner, Button, Crumb, Icon, Section, Theme, Tone, banner, crumbs, icon, meter, navigation, star, switches,
};

/// The frame of a signed-in page.
#[derive(Clone)]
pub struct Shell {
    /// Who one acts for.
    pub switcher: Switcher,
    /// The ways, by role.
    pub sections: Vec<Section>,
    /// The balance, where one may see it.
    pub wallet: Option<Wallet>,
    /// What every page says first, where money is about to end.
    pub notice: Option<Notice>,
    /// Who is signed in.
    pub account: Account,
}

/// Which organisation it is, and the others.
#[derive(Clone)]
pub struct Switcher {
    /// Its name.
    pub name: String,
    /// One's role there.
    pub role: String,
    /// The others, and the hub's own area.
    pub others: Vec<Organisation>,
}

/// Somewhere one can switch to.
#[derive(Clone)]
pub struct Organisation {
    /// Its name.
    pub name: String,
    /// One's role there.
    pub role: String,
    /// Its overview.
    pub href: String,
}

/// The balance, already worded.
#[derive(Clone)]
pub struct Wallet {
    /// Where it is opened.
    pub href: String,
    /// The amount with its currency.
    pub balance: String,
    /// What grants still hold besides.
    pub granted: Option<String>,
    /// How long it lasts, at what rate.
    pub lasts: String,
    /// How much of a week at this rate is covered, of 1000.
    pub share: i64,
    /// Good, warn from a day on, bad at nothing.
    pub tone: Tone,
}

/// What stops when, already worded.
#[derive(Clone)]
pub struct Notice {
    /// How much time is left.
    pub title: String,
    /// What stops when, and what is lost.
    pub words: String,
    /// The wallet.
    pub href: String,
}

/// The person.
#[derive(Clone)]
pub struct Account {
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
}

impl Shell {
    /// The whole body of the page around `content`.
    #[must_use]
    pub fn around(self, words: &Words, theme: Theme, here: &str, way: Vec<Crumb>, content: AnyView) -> AnyView {
        let home = self.switcher_home();
        view! {
            {skip(words)}
            <div class="shell">
                <aside class="side" aria-label=say!(words, "nav-side")>
                    <a class="brand" href=home>{star()}<span>{say!(words, "product")}</span></a>
                    {switcher(words, self.switcher)}
                    <button class="btn quiet icon-only drawer-button" type="button" popovertarget="navigation" aria-label=say!(words, "nav-open")>{icon(Icon::Menu)}</button>
                    <div class="drawer" id="navigation" popover="auto">
                        {navigation(say!(words, "nav-main"), self.sections)}
                        {self.wallet.map(|card| wallet(words, card))}
                    </div>
                </aside>
                <div class="main">
                    <header class="top">
                        {crumbs(say!(words, "nav-breadcrumb"), way)}
                        <div class="tools">{switches(words, theme, here)}{account(words, self.account)}</div>
                    </header>
                    <main class="content" id="main" tabindex="-1">{self.notice.map(|said| notice(words, said))}{content}</main>
                </div>
            </div>
        }
        .into_any()
    }

    fn switcher_home(&self) -> String {
        let first = self.sections.first().and_then(|section| section.items.first());
        first.map_or_else(|| "/".to_owned(), |item| item.href.clone())
    }
}

/// The frame of a page for anybody: landing, sign-in, errors.
pub struct Bare {
    /// What stands at the top's end: "Sign in", or nothing.
    pub end: Option<AnyView>,
}

impl Bare {
    /// The frame for somebody who is signed in: where they came from, and the way out.
    #[must_use]
    pub fn of_person(words: &Words, back: Option<AnyView>) -> Self {
        let label = say!(words, "nav-sign-out");
        let out = view! { <form method="post" action="/sign-out"><button type="submit" class="btn quiet icon-only" aria-label=label.clone() title=label>{icon(Icon::Leave)}</button></form> };
        Self { end: Some(view! { {back}{out} }.into_any()) }
    }

    /// The whole body of the page around `content`.
    #[must_use]
    pub fn around(self, words: &Words, theme: Theme, here: &str, content: AnyView) -> AnyView {
        view! {
            {skip(words)}
            <div class="bare">
                <header class="masthead">
                    <a class="brand" href="/">{star()}<span>{say!(words, "product")}</span></a>
                    <div class="tools">{switches(words, theme, here)}{self.end}</div>
                </header>
                <main class="bare-content" id="main" tabindex="-1">{content}</main>
                <footer class="colophon"><span>{say!(words, "product-tagline")}</span><a class="end" href="/api/docs">{say!(words, "nav-api")}</a></footer>
            </div>
        }
        .into_any()
    }
}

fn skip(words: &Words) -> AnyView {
    view! { <a class="skip" href="#main">{say!(words, "skip-to-content")}</a> }.into_any()
}

fn switcher(words: &Words, switcher: Switcher) -> AnyView {
    let face = view! { {avatar(&switcher.name)}<span class="who"><b><bdi>{switcher.name.clone()}</bdi></b><small>{switcher.role}</small></span> };
    if switcher.others.is_empty() {
        return view! { <div class="menu switcher"><div class="row">{face}</div></div> }.into_any();
    }
    let others = switcher.others.into_iter().map(|other| {
        let avatar = avatar(&other.name);
        view! { <a class="item" href=other.href>{avatar}<span class="who"><b><bdi>{other.name}</bdi></b><small>{other.role}</small></span></a> }
    });
    view! {
        <details class="menu switcher" name="menu">
            <summary>{face}<span class="unseen">{say!(words, "switch-organisation")}</span>{icon(Icon::UpDown)}</summary>
            <div class="sheet from-start">{others.collect_view()}</div>
        </details>
    }
    .into_any()
}

/// The first letters of the first two words.
fn avatar(name: &str) -> AnyView {
    let letters = name.split_whitespace().filter_map(|word| word.chars().next()).take(2);
    let letters = letters.flat_map(char::to_uppercase).collect::<String>();
    view! { <span class="avatar" aria-hidden="true">{letters}</span> }.into_any()
}

fn wallet(words: &Words, card: Wallet) -> AnyView {
    let class = match card.tone {
        Tone::Bad => "wallet out",
        Tone::Warn => "wallet low",
        Tone::Good | Tone::Idle => "wallet",
    };
    view! {
        <a class=class href=card.href>
            <span class="xs faint">{say!(words, "balance")}</span>
            <span class="amount num"><bdi>{card.balance}</bdi></span>
            {card.granted.map(|granted| view! { <span class="xs soft num">{granted}</span> })}
            {meter(card.share, card.tone)}
            <span class="xs soft">{card.lasts}</span>
        </a>
    }
    .into_any()
}

fn notice(words: &Words, Notice { title, words: means, href }: Notice) -> AnyView {
    let open = Button::new(say!(words, "see-wallet")).small().to(href);
    banner(Banner { tone: Tone::Warn, title, words: Some(means), action: Some(open) })
}

fn account(words: &Words, account: Account) -> AnyView {
    let label = say!(words, "account");
    view! {
        <details class="menu" name="menu">
            <summary class="btn quiet icon-only" aria-label=label.clone() title=label>{icon(Icon::Person)}</summary>
            <div class="sheet">
                <div class="note"><b class="sm"><bdi>{account.name}</bdi></b><br /><bdi>{account.email}</bdi></div>
                <a class="item" href="/settings">{icon(Icon::Sliders)}<span>{say!(words, "nav-settings")}</span></a>
                <a class="item" href="/sessions">{icon(Icon::Key)}<span>{say!(words, "nav-sessions")}</span></a>
                <a class="item" href="/password">{icon(Icon::Lock)}<span>{say!(words, "password-title")}</span></a>
                <a class="item" href="/factors">{icon(Icon::Shield)}<span>{say!(words, "factors")}</span></a>
                <form method="post" action="/sign-out"><button class="item" type="submit">{icon(Icon::Leave)}<span>{say!(words, "nav-sign-out")}</span></button></form>
            </div>
        </details>
    }
    .into_any()
}
