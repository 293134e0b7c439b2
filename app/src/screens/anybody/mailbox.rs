//! Letters that were kept where they were written: in development nothing is sent.

use axum::extract::State;
use domain::{
    Error,
    access::Job,
    mail::{self, Due},
};
use leptos::prelude::*;
use messages::{Locale, Words, say};
use session::{Now, Portal, Refused};
use types::Timestamp;

use crate::{
    Page, Visit,
    components::{Bare, Button, Card, Empty, Heading, ident, time},
};

const JOB: Job = Job::of("mailbox");

/// The letters, the latest first; nothing is here where letters are sent.
pub(crate) async fn show(State(portal): State<Portal>, visit: Visit, Now(now): Now) -> Result<Page, Refused> {
    if !portal.settings.mailbox {
        return Err(Error::NotFound.into());
    }
    let letters = mail::list_kept(&portal.db, JOB, now).await?;
    let words = &visit.words;
    let bare = Bare { end: Some(Button::new(say!(words, "nav-sign-in")).small().to("/sign-in")) };
    let view = || view(words, &portal.settings.base_url, now, &letters);
    Ok(Page::bare(&visit, bare, &say!(words, "mailbox-title"), view).private())
}

fn view(words: &Words, base_url: &str, now: Timestamp, letters: &[(Due, Timestamp)]) -> AnyView {
    let heading = Heading::new(say!(words, "mailbox-title")).beneath(say!(words, "mailbox-beneath")).view();
    if letters.is_empty() {
        let (title, words) = (say!(words, "mailbox-empty"), say!(words, "mailbox-empty-means"));
        return view! { {heading}{Card::plain().body(Empty { title, words, next: None }.view())} }.into_any();
    }
    let letters = letters.iter().map(|(letter, at)| one(words, base_url, now, letter, *at)).collect_view();
    view! { {heading}{letters} }.into_any()
}

fn one(words: &Words, base_url: &str, now: Timestamp, letter: &Due, at: Timestamp) -> AnyView {
    let locale = letter.locale.as_deref().and_then(Locale::of_tag).unwrap_or(words.locale());
    let said = Words::new(locale, words.zone()).letter(letter.kind, &letter.arguments, base_url);
    let lines = said.text.lines().map(|line| line_of(line, base_url)).collect_view();
    let body = view! {
        <p class="sm soft">{say!(words, "mailbox-to")}" "{ident(letter.recipient.clone())}</p>
        <div class="stack tight" lang=locale.tag() dir=locale.dir().as_str()>{lines}</div>
    };
    Card::titled(said.subject).end(time(at, words.ago(now, at))).body(body.into_any())
}

/// An address of the portal can be followed.
fn line_of(line: &str, base_url: &str) -> AnyView {
    match line.strip_prefix(base_url) {
        Some(path) => view! { <p><a class="id" href=path.to_owned()>{line.to_owned()}</a></p> }.into_any(),
        None => view! { <p>{line.to_owned()}</p> }.into_any(),
    }
}
