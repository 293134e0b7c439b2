//! Paper: the invoice on the screen is the invoice on paper.

use leptos::prelude::*;

use super::star;

/// Somebody the document names.
pub struct Party {
    /// Buyer, payer.
    pub role: String,
    /// Their name.
    pub name: String,
    /// Address and identifiers, a line each.
    pub lines: Vec<String>,
}

/// A line of the sum.
pub struct Total {
    /// Net, tax, total.
    pub words: String,
    /// The amount.
    pub amount: String,
    /// Whether it is the last, which counts.
    pub grand: bool,
}

/// The document.
pub struct Paper {
    /// The seller's mentions under the brand, a line each.
    pub seller: Vec<String>,
    /// Kind and number.
    pub title: String,
    /// Issued, due, period, a line each.
    pub dates: Vec<String>,
    /// Who is billed, who paid.
    pub parties: Vec<Party>,
    /// The lines.
    pub lines: AnyView,
    /// The sums.
    pub totals: Vec<Total>,
    /// Legal reasons, and where proof is found.
    pub mentions: Vec<String>,
    /// Whether it can still change.
    pub draft: bool,
}

impl Paper {
    /// The view.
    #[must_use]
    pub fn view(self) -> AnyView {
        let parties = self.parties.into_iter().map(party).collect::<Vec<_>>();
        let totals = self.totals.into_iter().map(total).collect::<Vec<_>>();
        let mentions = self.mentions.into_iter().map(|mention| view! { <p>{mention}</p> }).collect::<Vec<_>>();
        view! {
            <article class=if self.draft { "paper draft" } else { "paper" }>
                <div class="between top-aligned">
                    <div><div class="brand">{star()}"Tamuda"</div><p class="xs soft">{lines(self.seller)}</p></div>
                    <div class="issue"><p class="strong"><bdi>{self.title}</bdi></p><p class="xs soft">{lines(self.dates)}</p></div>
                </div>
                <div class="parties sm">{parties}</div>
                {self.lines}
                <div class="totals">{totals}</div>
                <div class="mentions xs faint">{mentions}</div>
            </article>
        }
        .into_any()
    }
}

fn party(party: Party) -> AnyView {
    view! {
        <div><p class="xs faint">{party.role}</p><p class="strong"><bdi>{party.name}</bdi></p><p class="soft">{lines(party.lines)}</p></div>
    }
    .into_any()
}

fn total(total: Total) -> AnyView {
    let class = if total.grand { "between grand" } else { "between" };
    view! { <div class=class><span class=(!total.grand).then_some("soft")>{total.words}</span><bdi>{total.amount}</bdi></div> }.into_any()
}

fn lines(lines: Vec<String>) -> AnyView {
    let lines = lines.into_iter().enumerate();
    lines
        .map(|(place, line)| view! { {(place > 0).then(|| view! { <br /> })}<span>{line}</span> })
        .collect_view()
        .into_any()
}
