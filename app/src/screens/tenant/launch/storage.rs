//! The storage of a launch: a volume that is there, and one that is made with it.

use domain::{Error, Rule};
use leptos::prelude::*;
use messages::{Words, say};
use types::{NewVolume, PlannedMount, VolumeId, VolumeView};

use super::{Chosen, Shown};
use crate::{
    components::{Card, Field, Select},
    screens::{asked::problem, tenant::volumes::size},
};

/// The volume that the form names; nothing for none.
pub(super) fn volume(chosen: &Chosen) -> domain::Result<Option<VolumeId>> {
    let text = chosen.volume.trim();
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| Error::Invalid { field: "volumes", rule: Rule::Known })
}

/// The volume that the page shows as chosen: of those that it offers.
pub(super) fn shown(chosen: &Chosen, offered: &[VolumeView]) -> Vec<VolumeId> {
    let is_chosen = |volume: &&VolumeView| volume.id.to_string() == chosen.volume.trim();
    offered.iter().filter(is_chosen).map(|volume| volume.id).collect()
}

/// The volume that is to be made; nothing where it has no name. What is no size is none, which the domain refuses.
pub(super) fn new_volume(chosen: &Chosen) -> Option<NewVolume> {
    let name = chosen.volume_name.trim();
    let size_gb = chosen.volume_size.trim().parse().unwrap_or(0);
    (!name.is_empty()).then(|| NewVolume { name: name.to_owned(), size_gb })
}

/// The card.
pub(super) fn view(words: &Words, shown: &Shown) -> AnyView {
    let refused = shown.refused.as_ref();
    let option = |volume: &VolumeView| {
        let (name, size) = (volume.name.as_str(), size(words, volume.size_gb));
        let said = match shown.projects.len() {
            0 | 1 => say!(words, "launch-volume-option", name = name, size = size),
            _ => {
                let project = volume.project_name.as_str();
                say!(words, "launch-volume-option-in", name = name, size = size, project = project)
            }
        };
        (volume.id.to_string(), said)
    };
    // What was asked for and cannot be mounted stays chosen beside its refusal: nobody launches without it unawares.
    let is_offered = |mount: &&PlannedMount| shown.volumes.iter().any(|volume| volume.id == mount.id);
    let asked = shown.plan.iter().flat_map(|plan| &plan.volumes).filter(|mount| !is_offered(mount)).map(|mount| {
        let (name, size) = (mount.name.as_str(), size(words, mount.size_gb));
        (mount.id.to_string(), say!(words, "launch-volume-option", name = name, size = size))
    });
    // Name and size are one field of the request: the fact tells which of them is meant.
    let of_size = ["invalid-range", "quota-exceeded"];
    let is_of_size = refused.is_some_and(|refused| of_size.contains(&refused.refusal().fact.as_str()));
    let wrong = problem(words, refused, "new_volume");
    let (of_size, of_name) = if is_of_size { (wrong, None) } else { (None, wrong) };
    let none = (String::new(), say!(words, "launch-volume-none"));
    let volume = Select {
        name: "volume".to_owned(),
        label: say!(words, "launch-volume"),
        options: std::iter::once(none).chain(shown.volumes.iter().map(option)).chain(asked).collect(),
        chosen: shown.chosen.volume.clone(),
        hint: Some(say!(words, "launch-volume-hint")),
        error: problem(words, refused, "volumes"),
    };
    let name = Field::text("volume_name", say!(words, "launch-new-volume"))
        .value(shown.chosen.volume_name.as_str())
        .hint(say!(words, "launch-new-volume-hint"))
        .autocomplete("off")
        .error(of_name);
    let much = Field::amount("volume_size", say!(words, "launch-new-volume-size"))
        .value(shown.chosen.volume_size.as_str())
        .unit(say!(words, "volume-unit"))
        .error(of_size);
    let price = match shown.terms.per_gb {
        Some(price) => say!(words, "volume-price", rate = words.per_hour(price)),
        None => say!(words, "volume-no-price"),
    };
    let fields =
        view! { {volume.view()}<p class="sm soft">{price}</p><div class="grid-2">{name.view()}{much.view()}</div> };
    Card::titled(say!(words, "launch-storage")).step(4).body(fields.into_any())
}
