//! LimitRanges: defaults for containers that say nothing, refusals for those that ask too much or too little.

use serde_json::Value;

use crate::api::Refusal;
use crate::kinds::Kind;
use crate::quantity::{Amounts, amount, write};
use crate::store::{Key, Shelves};

/// Fills in a namespace's defaults and checks its bounds.
pub(super) fn apply(shelves: &Shelves, key: &Key, body: &mut Value) -> Result<(), Refusal> {
    let ranges = shelves.scan(Kind::LimitRange, Some(&key.namespace));
    let items: Vec<Value> =
        ranges.flat_map(|range| range.body["spec"]["limits"].as_array().cloned().unwrap_or_default()).collect();
    for item in items.iter().filter(|item| item["type"] == "Container") {
        for container in crate::json::each_mut(body, "/spec/containers") {
            fill(container, item);
            check(container, item).map_err(|why| Refusal::forbidden(Kind::Pod, &key.name, why))?;
        }
    }
    Ok(())
}

fn fill(container: &mut Value, item: &Value) {
    for (side, source) in [("limits", "default"), ("requests", "defaultRequest")] {
        for (name, quantity) in item[source].as_object().into_iter().flatten() {
            if container["resources"][side][name].is_null() {
                container["resources"][side][name] = quantity.clone();
            }
        }
    }
}

fn check(container: &Value, item: &Value) -> Result<(), String> {
    let limits = Amounts::read(container["resources"].get("limits"));
    let requests = Amounts::read(container["resources"].get("requests"));
    for (name, most) in Amounts::read(item.get("max")).0 {
        let asked = limits.get(&name).max(requests.get(&name));
        if asked > most {
            let (most, asked) = (write(&name, most), write(&name, asked));
            return Err(format!("maximum {name} usage per Container is {most}, but limit is {asked}"));
        }
    }
    for (name, least) in Amounts::read(item.get("min")).0 {
        let asked = amount(&container["resources"]["requests"][&name]).unwrap_or(0);
        if asked < least {
            let (least, asked) = (write(&name, least), write(&name, asked));
            return Err(format!("minimum {name} usage per Container is {least}, but request is {asked}"));
        }
    }
    Ok(())
}
