//! A share of a whole. The words beside it say the same, so it is hidden from those who listen.

use leptos::prelude::*;

use super::Tone;

/// A bar filled to `share` of 1000.
pub fn meter(share: i64, tone: Tone) -> AnyView {
    let share = share.clamp(0, 1000);
    let width = format!("{}.{}%", share / 10, share % 10);
    view! {
        <svg class=format!("meter {}", tone.class()) aria-hidden="true"><rect width=width height="6"></rect></svg>
    }
    .into_any()
}

/// A mark for each place, free ones first; nothing where there are too many to count at a glance.
pub fn slots(free: u32, all: u32) -> AnyView {
    if all > 16 {
        return ().into_any();
    }
    let marks = (0..all).map(|place| view! { <i class=(place < free).then_some("free")></i> });
    view! { <span class="slots" aria-hidden="true">{marks.collect_view()}</span> }.into_any()
}
