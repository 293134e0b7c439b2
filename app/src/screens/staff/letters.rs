//! Letters that did not leave: to whom, why, and trying again or throwing away. What they say is not shown.

use axum::response::Response;
use domain::{Error, access::policy::MaintainMail, mail};
use leptos::prelude::*;
use messages::{Words, say};
use session::{Path, Refused};
use types::{LetterId, LetterState, LetterView, Timestamp};

use crate::{
    Flash, Office, Page, StaffWay,
    components::{Button, Card, Column, Empty, Heading, Icon, Row, Table, Tone, both, ident, pill, text, time},
};

/// The page.
pub(crate) async fn show(office: Office<MaintainMail>) -> Result<Page, Refused> {
    let open = office.look().await?;
    let letters = mail::list_letters(&open, &office.survey).await?.items;
    drop(open);
    let shell = office.shell(StaffWay::Letters).await?;
    Ok(office.page(shell, StaffWay::Letters, || view(office.words(), office.now, &letters)))
}

/// Tries one at once.
pub(crate) async fn retry(office: Office<MaintainMail>, Path(letter): Path<LetterId>) -> Result<Response, Refused> {
    let words = office.words();
    let flash = match mail::retry_letter(&office.portal.db, &office.survey, letter, office.now).await {
        Ok(()) => Flash::done(say!(words, "letter-retried")),
        Err(error @ Error::Conflict(_)) => Flash::refused(words.refusal(&Refused::from(error).refusal()).message),
        Err(error) => return Err(error.into()),
    };
    Ok(office.redirect(StaffWay::Letters.path(), flash))
}

/// Throws one away.
pub(crate) async fn discard(office: Office<MaintainMail>, Path(letter): Path<LetterId>) -> Result<Response, Refused> {
    mail::discard_letter(&office.portal.db, &office.survey, letter, office.now).await?;
    Ok(office.redirect(StaffWay::Letters.path(), Flash::done(say!(office.words(), "letter-discarded"))))
}

fn view(words: &Words, now: Timestamp, letters: &[LetterView]) -> AnyView {
    let heading = Heading::new(say!(words, "nav-letters")).beneath(say!(words, "letters-beneath")).view();
    if letters.is_empty() {
        let (title, words) = (say!(words, "letters-empty"), say!(words, "letters-empty-means"));
        return view! { {heading}{Card::plain().body(Empty { title, words, next: None }.view())} }.into_any();
    }
    let columns = vec![
        Column::new(say!(words, "letter-to")),
        Column::new(say!(words, "letter-state-of")),
        Column::wide(say!(words, "letter-failure")),
        Column::new(say!(words, "letter-written")),
        Column::unseen(say!(words, "letter-acts")),
    ];
    let rows = letters.iter().map(|letter| row(words, now, letter)).collect();
    let table = Table::new(say!(words, "nav-letters"), columns).rows(rows);
    view! { {heading}{Card::plain().flush(table.view())} }.into_any()
}

fn row(words: &Words, now: Timestamp, letter: &LetterView) -> Row {
    let tone = if letter.state == LetterState::Waits { Tone::Warn } else { Tone::Bad };
    let next = letter.next_at.map(|next| view! { {time(next, words.ahead(now, next))}" · " });
    let tries = view! { {next}{say!(words, "letter-attempts", n = letter.n_attempts)} };
    let state = both(pill(tone, words.letter_state(letter.state)), tries.into_any());
    let address = |verb: &str| format!("{}/{}/{verb}", StaffWay::Letters.path(), letter.id);
    let retry = Button::new(say!(words, "letter-retry")).small().icon(Icon::Again);
    let retry = (letter.useful_until > now).then(|| retry.post(address("retry"), ().into_any()));
    let discard = Button::new(say!(words, "letter-discard")).small().post(address("discard"), ().into_any());
    Row::new(vec![
        both(ident(letter.recipient.clone()), text(words.letter_kind(letter.kind))),
        state,
        view! { <span class="sm" dir="ltr">{letter.failure.clone()}</span> }.into_any(),
        time(letter.created_at, words.ago(now, letter.created_at)),
        view! { <div class="row">{retry}{discard}</div> }.into_any(),
    ])
}
