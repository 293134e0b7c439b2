//! Charts drawn by the server, with a table beneath that says the same.

use leptos::prelude::*;

use super::ribbon::as_table;

/// One bar, with a second part upon it.
pub struct Bar {
    /// Height of the first part, any unit.
    pub first: i64,
    /// Height of the second part upon it, same unit.
    pub second: i64,
    /// What it says when pointed at.
    pub words: String,
}

/// Bars over time.
pub struct Bars {
    /// The whole in a sentence.
    pub label: String,
    /// The bars in order.
    pub bars: Vec<Bar>,
    /// Top, middle and bottom of the scale.
    pub scale: [String; 3],
    /// Beneath the first and the last bar.
    pub ends: (String, String),
    /// The words "as a table", and the table; nothing where it stands beneath anyway.
    pub table: Option<(String, AnyView)>,
}

impl Bars {
    /// The view.
    #[must_use]
    pub fn view(self) -> AnyView {
        let top = self.bars.iter().map(|bar| bar.first.max(0) + bar.second.max(0)).max().unwrap_or(0).max(1);
        let n = i64::try_from(self.bars.len()).unwrap_or(1).max(1);
        let bars = self.bars.into_iter().zip(0..).map(|(bar, place)| column(bar, place, n, top)).collect::<Vec<_>>();
        let scale = self.scale.map(|words| view! { <bdi>{words}</bdi> }).collect_view();
        let table = self.table.map(|(words, table)| as_table(words, table));
        let rules = ["0", "50%", "100%"].map(|y| view! { <line class="rule" x1="0" x2="100%" y1=y y2=y></line> });
        view! {
            <figure class="chart">
                <div class="plot">
                    <div class="scale" aria-hidden="true">{scale}</div>
                    <svg class="bars" role="img" aria-label=self.label>{rules.collect_view()}{bars}</svg>
                    <div class="axis" aria-hidden="true"><span>{self.ends.0}</span><span>{self.ends.1}</span></div>
                </div>
                {table}
            </figure>
        }
        .into_any()
    }
}

/// A number that never leaves 0 to 100 %, with two decimals.
fn percent(part: i64, whole: i64) -> String {
    let hundredths = i128::from(part) * 10_000 / i128::from(whole.max(1));
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

fn column(bar: Bar, place: i64, n: i64, top: i64) -> AnyView {
    let (first, second) = (bar.first.max(0), bar.second.max(0));
    // Six tenths of a column is bar, the rest is air.
    let (x, width) = (percent(place * 10 + 2, n * 10), percent(6, n * 10));
    let (slot, slot_width) = (percent(place, n), percent(1, n));
    view! {
        <g>
            <title>{bar.words}</title>
            <rect class="bar-hit" x=slot width=slot_width y="0" height="100%"></rect>
            <rect class="bar" x=x.clone() width=width.clone() y=percent(top - first, top) height=percent(first, top) rx="1.5"></rect>
            <rect class="bar second" x=x width=width y=percent(top - first - second, top) height=percent(second, top) rx="1.5"></rect>
        </g>
    }
    .into_any()
}

/// A line without axes: values in order, the highest at the top. Hidden from those who listen: say the value beside it.
pub fn spark(values: &[i64]) -> AnyView {
    let (top, last) = (values.iter().copied().max().unwrap_or(0).max(1), values.len().saturating_sub(1).max(1));
    let point =
        |(place, value): (usize, &i64)| format!("{} {}", place * 2000 / last, 440 - value.clamp(&0, &top) * 400 / top);
    let points = values.iter().enumerate().map(point).collect::<Vec<_>>().join(" L");
    if points.is_empty() {
        return view! { <svg class="spark" aria-hidden="true"></svg> }.into_any();
    }
    view! {
        <svg class="spark" viewBox="0 0 2000 440" preserveAspectRatio="none" aria-hidden="true">
            <path class="fill" d=format!("M{points} L2000 440 L0 440 Z")></path>
            <path class="stroke" d=format!("M{points}")></path>
        </svg>
    }
    .into_any()
}
