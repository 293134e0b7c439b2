//! What happens when something is not paid: the steps as they are published, and where one stands on them oneself.

use domain::{access::policy::ReadBalance, dunning};
use leptos::prelude::*;
use messages::{Words, say};
use session::Refused;
use types::{DunningRung, DunningStep, DunningView, OverdueView};

use super::invoice::paper::day;
use crate::{
    Page, Room, Way,
    components::{Banner, Button, Card, Heading, Step, Tone, banner, steps},
};

/// The page.
pub(crate) async fn show(room: Room<ReadBalance>) -> Result<Page, Refused> {
    let tx = room.look().await?;
    let dunning = dunning::dunning_in(&tx, &room.scope).await?;
    let shell = room.shell_in(&tx, Way::Wallet).await?;
    let called = say!(room.words(), "dunning-title");
    Ok(room.page_of(shell, Way::Wallet, &called, || view(&room, &dunning)))
}

fn view(room: &Room<ReadBalance>, dunning: &DunningView) -> AnyView {
    let words = room.words();
    let heading = Heading::new(say!(words, "dunning-title")).beneath(say!(words, "dunning-beneath"));
    let stands = match &dunning.overdue {
        Some(overdue) => told(room, overdue, dunning),
        None => banner(Banner {
            tone: Tone::Good,
            title: say!(words, "dunning-nothing"),
            words: Some(say!(words, "dunning-nothing-means")),
            action: None,
        }),
    };
    let text = |said: String| view! { <p class="sm">{said}</p> }.into_any();
    view! {
        {heading.view()}
        {stands}
        <div class="split">
            {ladder(words, dunning)}
            <aside class="stack">
                {Card::titled(say!(words, "dunning-due")).body(text(say!(words, "dunning-due-means")))}
                {Card::titled(say!(words, "dunning-how")).body(text(say!(words, "dunning-how-means")))}
            </aside>
        </div>
    }
    .into_any()
}

/// The steps, with the days of one's own case where there is one.
pub(crate) fn ladder(words: &Words, dunning: &DunningView) -> AnyView {
    let list = dunning.rungs.iter().map(|rung| step(words, rung)).collect();
    Card::titled(say!(words, "dunning-steps")).flush(steps(list, &say!(words, "dunning-done")))
}

fn step(words: &Words, rung: &DunningRung) -> Step {
    let means = words.say("dunning-step-means", &[("word", rung.step.word().into())]);
    let when = match rung.at.map(|at| words.moment(at)) {
        Some(at) if rung.is_taken => say!(words, "dunning-done-on", at = at),
        Some(at) => say!(words, "dunning-will", at = at),
        None => say!(words, "dunning-after", days = rung.days),
    };
    Step { done: rung.is_taken, words: name(words, rung.step), note: format!("{means} {when}"), href: None }
}

/// What a step is called.
pub(crate) fn name(words: &Words, step: DunningStep) -> String {
    words.say("dunning-step", &[("word", step.word().into())])
}

/// What is overdue, what that means now, and what comes next.
pub(super) fn told(room: &Room<ReadBalance>, overdue: &OverdueView, dunning: &DunningView) -> AnyView {
    let words = room.words();
    let mut said = vec![say!(words, "dunning-overdue-since", day = day(words, overdue.due_on))];
    said.extend(overdue.refuses_launches.then(|| say!(words, "dunning-refused-now")));
    said.extend(overdue.paused_until.map(|at| say!(words, "dunning-rests", at = words.moment(at))));
    let next = dunning.rungs.iter().find(|rung| !rung.is_taken);
    said.extend(next.and_then(|rung| {
        let at = words.moment(rung.at?);
        Some(words.say("dunning-next", &[("step", rung.step.word().into()), ("at", at.into())]))
    }));
    banner(Banner {
        tone: if overdue.refuses_launches { Tone::Bad } else { Tone::Warn },
        title: say!(words, "dunning-overdue", amount = words.money(overdue.amount)),
        words: Some(said.join(" ")),
        action: Some(Button::new(say!(words, "top-up-by-transfer")).to(room.href("/transfers"))),
    })
}
