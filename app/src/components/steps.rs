//! First steps that tick themselves off.

use leptos::prelude::*;

use super::{Icon, icon, icon_along};

/// One step.
pub struct Step {
    /// Whether it is done, as the data says.
    pub done: bool,
    /// What to do.
    pub words: String,
    /// Why, or how.
    pub note: String,
    /// Where it is done; nothing where there is nothing to press.
    pub href: Option<String>,
}

/// The steps in order.
pub fn steps(steps: Vec<Step>, done: &str) -> AnyView {
    let steps = steps.into_iter().map(|step| item(step, done)).collect::<Vec<_>>();
    view! { <ol class="steps">{steps}</ol> }.into_any()
}

fn item(step: Step, done: &str) -> AnyView {
    let class = step.done.then_some("done");
    let heard = step.done.then(|| view! { <span class="unseen">{done.to_owned()}</span> });
    let words = view! { <span class="grow"><b>{step.words}</b>{heard}<span class="xs faint">{step.note}</span></span> };
    let mark = view! { <span class="mark">{icon(Icon::Check)}</span> };
    match step.href.filter(|_| !step.done) {
        Some(href) => {
            view! { <li class=class><a href=href>{mark}{words}{icon_along(Icon::Onward)}</a></li> }.into_any()
        }
        None => view! { <li class=class><div>{mark}{words}</div></li> }.into_any(),
    }
}
