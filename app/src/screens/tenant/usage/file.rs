//! A month's stretches as a file: what a spreadsheet adds up itself, amounts exact.

use domain::Result;
use types::{Money, UsageStretch};

use crate::{screens::asked::decimal_of, sheet};

/// The names of the columns; programs read them, so they are the same in every language.
const COLUMNS: [&str; 20] = [
    "project",
    "project_id",
    "member",
    "member_id",
    "token",
    "flavour",
    "instance",
    "instance_id",
    "from",
    "to",
    "seconds",
    "units",
    "price_version",
    "per_hour",
    "net",
    "tax",
    "granted",
    "wallet",
    "currency",
    "interval_id",
];

/// The first line.
pub(super) fn head() -> Result<String> {
    sheet::lines([COLUMNS.map(str::to_owned)])
}

/// The lines of stretches.
pub(super) fn lines(stretches: &[UsageStretch]) -> Result<String> {
    sheet::lines(stretches.iter().map(cells))
}

fn cells(stretch: &UsageStretch) -> [String; 20] {
    let said = |text: &Option<String>| text.clone().unwrap_or_default();
    let exact = |money: Money| decimal_of(money.micros);
    let sum = stretch.sum;
    [
        stretch.project_name.clone(),
        stretch.project.to_string(),
        said(&stretch.member_name),
        stretch.member.map(|id| id.to_string()).unwrap_or_default(),
        said(&stretch.token_name),
        stretch.flavour_name.clone(),
        stretch.instance_name.clone(),
        stretch.instance.to_string(),
        stretch.started_at.to_string(),
        stretch.ended_at.to_string(),
        stretch.ended_at.seconds_since(stretch.started_at).to_string(),
        stretch.units.to_string(),
        stretch.price_version.to_string(),
        exact(stretch.per_hour),
        exact(sum.net),
        exact(sum.tax),
        exact(sum.granted),
        exact(sum.wallet),
        sum.net.currency.word().to_owned(),
        stretch.interval.to_string(),
    ]
}
