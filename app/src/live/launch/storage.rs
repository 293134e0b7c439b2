//! The storage of a planned launch: in words, in an address of the page, and in the request.

use messages::{Words, say};
use types::{LaunchPlan, PlannedMount};

/// The volumes that it mounts.
pub(super) fn mounts(words: &Words, plan: &LaunchPlan) -> String {
    let named = |mount: &PlannedMount| named(words, &mount.name, mount.size_gb);
    let names: Vec<String> = plan.volumes.iter().map(named).collect();
    if names.is_empty() { say!(words, "launch-volume-none") } else { names.join(&say!(words, "list-and")) }
}

/// The volume that it makes, with its price.
pub(super) fn makes(words: &Words, plan: &LaunchPlan) -> String {
    let Some(new) = &plan.new_volume else { return say!(words, "launch-volume-none") };
    let volume = named(words, &new.name, new.size_gb);
    match new.per_hour {
        Some(price) => say!(words, "launch-makes-at", volume = volume, rate = words.per_hour(price)),
        None => volume,
    }
}

/// What is set aside for it.
pub(super) fn lifeboat(words: &Words, plan: &LaunchPlan) -> String {
    let Some(cover) = plan.new_volume.as_ref().and_then(|new| new.lifeboat.as_ref()) else { return "–".to_owned() };
    let (amount, span) = (words.money(cover.reserved), words.span_brief(cover.seconds));
    say!(words, "launch-lifeboat-for", amount = amount, span = span)
}

fn named(words: &Words, name: &str, size_gb: u32) -> String {
    let size = say!(words, "gibibytes", number = words.count(size_gb.into()));
    say!(words, "launch-volume-option", name = name, size = size)
}

/// The same choice in the launch page's address; the page offers one volume that is there.
pub(super) fn query(plan: &LaunchPlan) -> String {
    let volume = plan.volumes.first().map(|mount| format!("&volume={}", mount.id));
    let new = plan.new_volume.as_ref().map(|new| format!("&volume_name={}&volume_size={}", new.name, new.size_gb));
    [volume, new].into_iter().flatten().collect()
}

/// The same in the body of a request. A plan has a new volume only where its name can be one: no quote ends the body.
pub(super) fn fields(plan: &LaunchPlan) -> String {
    let ids: Vec<String> = plan.volumes.iter().map(|mount| format!("\"{}\"", mount.id)).collect();
    let volumes = (!ids.is_empty()).then(|| format!(",\"volumes\":[{}]", ids.join(",")));
    let new = plan
        .new_volume
        .as_ref()
        .map(|new| format!(",\"new_volume\":{{\"name\":\"{}\",\"size_gb\":{}}}", new.name, new.size_gb));
    [volumes, new].into_iter().flatten().collect()
}
