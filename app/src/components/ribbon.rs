//! The ribbon: every second of a lease. Billed solid, not billed hatched; the same as a table beneath.

use leptos::prelude::*;

use super::{Icon, icon_along};

/// What a stretch of the ribbon is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartKind {
    /// Paid for.
    Billed,
    /// Not paid for: getting ready, waiting, ending.
    Free,
    /// Not paid for: a fault of the hub's.
    Fault,
}

impl PartKind {
    fn class(self) -> &'static str {
        match self {
            Self::Billed => "billed",
            Self::Free => "free",
            Self::Fault => "fault",
        }
    }
}

/// A stretch of time.
pub struct Part {
    /// Billed or not.
    pub kind: PartKind,
    /// Its length.
    pub seconds: i64,
    /// What it was, shown when pointed at.
    pub words: String,
}

/// A lease's time as a ribbon.
pub struct Ribbon {
    /// Unlike any other on the page: the hatches carry it.
    pub id: String,
    /// The whole in a sentence, for those who do not see it.
    pub label: String,
    /// The stretches in order of time.
    pub parts: Vec<Part>,
    /// Marks beneath: share of the whole in 0..=1000, and what to write there.
    pub marks: Vec<(i64, String)>,
    /// What solid and hatched mean.
    pub legend: Vec<(PartKind, String)>,
    /// The words "as a table", and the table.
    pub table: Option<(String, AnyView)>,
    /// Whether time flows from right to left.
    pub rtl: bool,
}

impl Ribbon {
    /// The view.
    #[must_use]
    pub fn view(self) -> AnyView {
        let parts = shares(&self.parts);
        let rects = self.parts.iter().zip(parts).map(|(part, (start, width))| rect(&self.id, part, start, width));
        let marks =
            self.marks.into_iter().map(|(share, words)| mark(if self.rtl { 1000 - share } else { share }, words));
        let legend = self
            .legend
            .into_iter()
            .map(|(kind, words)| view! { <li><i class=kind.class()></i><span>{words}</span></li> });
        let table = self.table.map(|(words, table)| as_table(words, table));
        view! {
            <figure class="stack tight">
                <div>
                    <svg class="ribbon" role="img" aria-label=self.label>
                        <defs>{hatch(&self.id, PartKind::Free)}{hatch(&self.id, PartKind::Fault)}</defs>
                        {rects.collect_view()}
                    </svg>
                    <svg class="marks" aria-hidden="true">{marks.collect_view()}</svg>
                </div>
                <figcaption><ul class="legend">{legend.collect_view()}</ul></figcaption>
                {table}
            </figure>
        }
        .into_any()
    }
}

/// A drawing's numbers as a table, one click away.
pub(crate) fn as_table(words: String, table: AnyView) -> AnyView {
    view! { <details class="as-table"><summary>{icon_along(Icon::Onward)}{words}</summary>{table}</details> }.into_any()
}

/// Start and width of each part in thousandths of a percent; none so thin that it cannot be seen.
fn shares(parts: &[Part]) -> Vec<(i64, i64)> {
    const WHOLE: i64 = 100_000;
    const THINNEST: i64 = 600;
    let total = parts.iter().map(|part| part.seconds.max(0)).sum::<i64>().max(1);
    let wide = |part: &Part| (part.seconds.max(0) * WHOLE / total).max(THINNEST);
    let sum = parts.iter().map(wide).sum::<i64>().max(1);
    let mut at = 0;
    let place = |part| {
        let width = wide(part) * WHOLE / sum;
        let start = at;
        at += width;
        (start, width)
    };
    parts.iter().map(place).collect()
}

fn percent(thousandths: i64) -> String {
    format!("{}.{:03}%", thousandths / 1000, thousandths % 1000)
}

fn rect(id: &str, part: &Part, start: i64, width: i64) -> AnyView {
    let fill = match part.kind {
        PartKind::Billed => None,
        kind => Some(format!("url(#{id}-{})", kind.class())),
    };
    let class = if fill.is_none() { "part billed" } else { "part" };
    view! {
        <rect class=class x=percent(start) y="-2" width=percent(width) height="30" fill=fill>
            <title>{part.words.clone()}</title>
        </rect>
    }
    .into_any()
}

fn hatch(id: &str, kind: PartKind) -> AnyView {
    view! {
        <pattern class=kind.class() id=format!("{id}-{}", kind.class()) width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect class="back" width="7" height="7"></rect>
            <line class="stripe" x1="1.5" y1="0" x2="1.5" y2="7"></line>
        </pattern>
    }
    .into_any()
}

fn mark(share: i64, words: String) -> AnyView {
    let anchor = match share {
        ..=60 => "start",
        940.. => "end",
        _ => "middle",
    };
    view! { <text x=percent(share * 100) y="14" text-anchor=anchor>{words}</text> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::{Part, PartKind, shares};

    #[test]
    fn parts_fill_the_ribbon_in_order_and_a_single_second_still_shows() {
        let part = |seconds| Part { kind: PartKind::Billed, seconds, words: String::new() };
        let shares = shares(&[part(1), part(86_400), part(0), part(86_400)]);
        assert!(shares.iter().all(|(_, width)| *width >= 500), "{shares:?}");
        let end = shares.last().map(|(start, width)| start + width).unwrap_or_default();
        assert!((99_990..=100_000).contains(&end), "{shares:?}");
        assert!(shares.windows(2).all(|pair| pair[0].0 + pair[0].1 == pair[1].0));
    }
}
