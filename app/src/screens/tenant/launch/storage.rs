//! The storage of a launch: a volume that is there, and one that is made with it.

use domain::{Error, Rule};
use leptos::prelude::*;
use messages::{Words, say};
use types::{NewVolume, VolumeId, VolumeView};

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

/// The volume that is to be made; nothing where it has no name. A size that is none is refused as such.
pub(super) fn new_volume(chosen: &Chosen) -> Option<NewVolume> {
    let name = chosen.volume_name.trim();
    let size_gb = chosen.volume_size.trim().parse().unwrap_or(0);
    (!name.is_empty()).then(|| NewVolume { name: name.to_owned(), size_gb })
}

/// The card.
pub(super) fn view(words: &Words, shown: &Shown) -> AnyView {
    let refused = shown.refused.as_ref();
    let option = |volume: &VolumeView| {
        let said = say!(words, "launch-volume-option", name = volume.name.as_str(), size = size(words, volume.size_gb));
        (volume.id.to_string(), said)
    };
    let none = (String::new(), say!(words, "launch-volume-none"));
    let volume = Select {
        name: "volume".to_owned(),
        label: say!(words, "launch-volume"),
        options: std::iter::once(none).chain(shown.volumes.iter().map(option)).collect(),
        chosen: shown.chosen.volume.clone(),
        hint: Some(say!(words, "launch-volume-hint")),
        error: problem(words, refused, "volumes"),
    };
    let name = Field::text("volume_name", say!(words, "launch-new-volume"))
        .value(shown.chosen.volume_name.as_str())
        .hint(say!(words, "launch-new-volume-hint"))
        .autocomplete("off")
        .error(problem(words, refused, "new_volume"));
    let much = Field::amount("volume_size", say!(words, "launch-new-volume-size"))
        .value(shown.chosen.volume_size.as_str())
        .unit(say!(words, "volume-unit"));
    let fields = view! { {volume.view()}<div class="grid-2">{name.view()}{much.view()}</div> };
    Card::titled(say!(words, "launch-storage")).step(4).body(fields.into_any())
}
