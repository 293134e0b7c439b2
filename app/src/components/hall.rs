//! The hall: nodes with a cell per GPU.

use leptos::prelude::*;

use super::{Tone, ident};

/// One GPU.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Given to an instance.
    Used,
    /// Free.
    Free,
    /// Gone.
    Lost,
    /// Cut into slices: used and all.
    Sliced {
        /// Slices given to instances.
        used: u8,
        /// Slices in all.
        all: u8,
    },
}

/// One node.
pub struct Node {
    /// Its name in the cluster.
    pub name: String,
    /// Its page.
    pub href: Option<String>,
    /// What it has: `H200 ×8`.
    pub model: String,
    /// How it stands, in words: `6 of 8 in use`.
    pub state: String,
    /// Good, waiting (draining) or bad.
    pub tone: Tone,
    /// Something small beside the name.
    pub beside: Option<String>,
    /// Its GPUs.
    pub cells: Vec<Cell>,
}

/// The nodes side by side.
pub fn hall(nodes: Vec<Node>) -> AnyView {
    let nodes = nodes.into_iter().map(node).collect::<Vec<_>>();
    view! { <div class="hall">{nodes}</div> }.into_any()
}

fn node(node: Node) -> AnyView {
    let name = ident(node.name);
    let name = match node.href {
        Some(href) => view! { <a href=href>{name}</a> }.into_any(),
        None => name,
    };
    let beside = node.beside.map(|words| view! { <span class="xs faint num">{words}</span> });
    let (class, state) = match node.tone {
        Tone::Bad => ("node bad", "strong bad-text"),
        Tone::Warn => ("node warn", "strong warn-text"),
        Tone::Good | Tone::Idle => ("node", "faint"),
    };
    let cells = node.cells.into_iter().map(cell).collect::<Vec<_>>();
    view! {
        <article class=class>
            <div class="between"><h3>{name}</h3>{beside}</div>
            <div class="gpus" role="img" aria-label=node.state.clone()>{cells}</div>
            <div class="between xs"><span class="soft">{node.model}</span><span class=state>{node.state}</span></div>
        </article>
    }
    .into_any()
}

fn cell(cell: Cell) -> AnyView {
    match cell {
        Cell::Used => view! { <svg viewBox="0 0 28 28"><rect width="28" height="28"></rect></svg> }.into_any(),
        Cell::Free => view! { <svg viewBox="0 0 28 28"></svg> }.into_any(),
        Cell::Lost => view! { <svg class="lost" viewBox="0 0 28 28"></svg> }.into_any(),
        Cell::Sliced { used, all } => sliced(used, all.max(1)),
    }
}

/// Filled from below, with a hairline between two slices.
fn sliced(used: u8, all: u8) -> AnyView {
    let whole = u32::from(all);
    let height = 280 * u32::from(used.min(all)) / whole;
    let cuts = (1..whole).map(|cut| {
        let y = 280 * cut / whole;
        view! { <line x1="0" x2="280" y1=y.to_string() y2=y.to_string()></line> }
    });
    view! {
        <svg viewBox="0 0 280 280">
            <rect width="280" y=(280 - height).to_string() height=height.to_string()></rect>
            <g class="cuts">{cuts.collect_view()}</g>
        </svg>
    }
    .into_any()
}
