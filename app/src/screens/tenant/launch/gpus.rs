//! The catalogue as rows to pick from, each with its free units, verdict and price.

use leptos::prelude::*;
use messages::{Words, say};
use types::{FlavourView, GpuKind, Verdict, VerdictReason, VerdictWord};

use super::{Shown, count_field};
use crate::components::{Card, Column, Row, Table, Tone, amount, both, pill, slots, tag, text};

pub(super) fn view(words: &Words, shown: &Shown) -> AnyView {
    let columns = vec![
        Column::unseen(say!(words, "choose")),
        Column::new(say!(words, "model")),
        Column::new(say!(words, "memory")),
        Column::new(say!(words, "free")),
        Column::new(say!(words, "when")),
        Column::end(say!(words, "price")),
    ];
    let rows = shown.flavours.iter().map(|flavour| row(words, shown, flavour)).collect();
    let simulated = shown.flavours.iter().any(|flavour| flavour.simulated);
    let simulated = simulated.then(|| view! { <span class="tag simulated">{say!(words, "simulated")}</span> });
    let end = view! {
        <div class="row wrap">{simulated}<span class="sm faint">{say!(words, "live-from-cluster")}</span>{count_field(words, shown)}</div>
    };
    let title = say!(words, "instance-gpu");
    Card::titled(title.clone()).step(2).end(end.into_any()).flush(Table::new(title, columns).rows(rows).view())
}

fn row(words: &Words, shown: &Shown, flavour: &FlavourView) -> Row {
    let chosen = shown.chosen.flavour.as_deref() == Some(flavour.id.to_string().as_str());
    let open = flavour.per_hour.is_some();
    let id = format!("flavour-{}", flavour.slug);
    let radio = view! {
        <input class="radio" type="radio" name="flavour" id=id.clone() value=flavour.id.to_string() checked=chosen disabled=!open />
    };
    let name = view! { <label class="strong" for=id><bdi>{flavour.name.clone()}</bdi></label> };
    let row = Row::new(vec![
        radio.into_any(),
        both(name.into_any(), text(what_it_is(words, flavour))),
        amount(say!(words, "gibibytes", number = words.count(flavour.gpu_memory_mib / 1024))),
        free(words, flavour),
        when(words, flavour),
        price(words, flavour),
    ]);
    if open { row.pick() } else { row.off() }
}

/// One unit: its CPUs, memory and disk.
pub(crate) fn what_it_is(words: &Words, flavour: &FlavourView) -> String {
    let size = |mib: i64| say!(words, "gibibytes", number = words.count(mib / 1024));
    let (memory, disk) = (size(flavour.memory_mib), size(flavour.disk_mib));
    let rest = say!(words, "flavour-of", vcpus = flavour.n_vcpus, memory = memory, disk = disk);
    match flavour.kind {
        GpuKind::Whole => rest,
        GpuKind::Mig => format!("{} · {rest}", words.gpu_kind(GpuKind::Mig)),
    }
}

pub(crate) fn free(words: &Words, flavour: &FlavourView) -> AnyView {
    let said = say!(words, "free-of", free = flavour.n_free, all = flavour.n_units);
    view! { <span class="row wrap">{slots(flavour.n_free, flavour.n_units)}<span class="xs soft">{said}</span></span> }
        .into_any()
}

fn when(words: &Words, flavour: &FlavourView) -> AnyView {
    match &flavour.verdict {
        None => tag(say!(words, "unknown")),
        Some(verdict) => pill_of(words, verdict, flavour.quota.map_or(0, |quota| quota.units)),
    }
}

fn pill_of(words: &Words, verdict: &Verdict, quota: u32) -> AnyView {
    match (verdict.word, verdict.reason) {
        (VerdictWord::Now, _) => pill(Tone::Good, say!(words, "verdict-now")),
        (VerdictWord::Waits, _) => pill(Tone::Warn, say!(words, "verdict-when-waits")),
        (VerdictWord::Cannot, Some(VerdictReason::Quota)) if quota == 0 => pill(Tone::Bad, say!(words, "quota-none")),
        (VerdictWord::Cannot, Some(VerdictReason::Quota)) => pill(Tone::Bad, say!(words, "quota-full")),
        (VerdictWord::Cannot, Some(VerdictReason::NotForSale)) => pill(Tone::Idle, say!(words, "not-for-sale")),
        (VerdictWord::Cannot, _) => pill(Tone::Bad, say!(words, "verdict-cannot")),
    }
}

pub(crate) fn price(words: &Words, flavour: &FlavourView) -> AnyView {
    let Some(price) = flavour.per_hour else { return pill(Tone::Idle, say!(words, "not-for-sale")) };
    let unit = say!(words, "per-hour-short", currency = price.currency.word());
    both(view! { <bdi class="strong">{words.amount_exact(price)}</bdi> }.into_any(), text(unit))
}
