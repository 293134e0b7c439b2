//! How two versions of an object become one: JSON merge patch, strategic merge patch, server-side apply.

use serde_json::{Map, Value};

/// RFC 7386: objects merge, null deletes, all else replaces.
pub(crate) fn merge_patch(target: &mut Value, patch: &Value) {
    let Value::Object(patch) = patch else { return target.clone_from(patch) };
    let target = as_object(target);
    for (name, value) in patch {
        if value.is_null() {
            target.remove(name);
        } else {
            merge_patch(target.entry(name.clone()).or_insert(Value::Null), value);
        }
    }
}

/// Kubernetes' own patch: as a merge patch, but lists of named things merge by their keys. `$patch: delete` is honoured
/// in list elements; other directives stay unread.
pub(crate) fn strategic_patch(target: &mut Value, patch: &Value) {
    merge_by_keys(target, patch, "", true);
}

/// Server-side apply: what the manager named last and names no more goes, then what it names now is laid over.
/// `kept` says which paths other managers hold.
pub(crate) fn apply(target: &mut Value, last: Option<&Value>, wanted: &Value, others: &[&Value]) {
    if let Some(last) = last {
        withdraw(target, last, wanted, others, "");
    }
    merge_by_keys(target, wanted, "", false);
}

/// The paths where `wanted` differs from what stands, and `other` holds them.
pub(crate) fn conflicts(current: &Value, wanted: &Value, other: &Value, path: &str) -> Vec<String> {
    let (Value::Object(wanted), Value::Object(other)) = (wanted, other) else {
        return if current == wanted { Vec::new() } else { vec![path.to_owned()] };
    };
    let shared = wanted.iter().filter_map(|(name, value)| Some((name, value, other.get(name)?)));
    shared
        .flat_map(|(name, value, held)| conflicts(&current[name.as_str()], value, held, &format!("{path}.{name}")))
        .collect()
}

fn merge_by_keys(target: &mut Value, patch: &Value, field: &str, null_deletes: bool) {
    match patch {
        Value::Object(patch) => {
            let target = as_object(target);
            for (name, value) in patch {
                if value.is_null() {
                    if null_deletes {
                        target.remove(name);
                    }
                } else if !name.starts_with('$') {
                    merge_by_keys(target.entry(name.clone()).or_insert(Value::Null), value, name, null_deletes);
                }
            }
        }
        Value::Array(items) if is_set(field) => {
            let list = as_array(target);
            for item in items {
                if !list.contains(item) {
                    list.push(item.clone());
                }
            }
        }
        Value::Array(items) if !keys(field).is_empty() => merge_list(as_array(target), items, field, null_deletes),
        other => target.clone_from(other),
    }
}

fn merge_list(list: &mut Vec<Value>, items: &[Value], field: &str, null_deletes: bool) {
    for item in items {
        let position = list.iter().position(|own| same_key(own, item, field));
        if item["$patch"] == "delete" {
            position.map(|position| list.remove(position));
        } else if let Some(position) = position {
            merge_by_keys(&mut list[position], item, "", null_deletes);
        } else {
            let mut fresh = Value::Null;
            merge_by_keys(&mut fresh, item, "", null_deletes);
            list.push(fresh);
        }
    }
}

/// Takes away what `last` named and `wanted` does not, unless another manager names it.
fn withdraw(target: &mut Value, last: &Value, wanted: &Value, others: &[&Value], field: &str) {
    match (target, last) {
        (Value::Object(target), Value::Object(last)) => {
            for (name, before) in last {
                let held: Vec<&Value> = others.iter().filter_map(|other| other.get(name)).collect();
                match wanted.get(name) {
                    None | Some(Value::Null) if held.is_empty() => {
                        target.remove(name);
                    }
                    now => {
                        let Some(own) = target.get_mut(name) else { continue };
                        withdraw(own, before, now.unwrap_or(&Value::Null), &held, name);
                    }
                }
            }
        }
        (Value::Array(list), Value::Array(last)) if is_set(field) => {
            let named = |value: &Value, item: &Value| value.as_array().is_some_and(|items| items.contains(item));
            list.retain(|item| {
                !last.contains(item) || named(wanted, item) || others.iter().any(|other| named(other, item))
            });
        }
        (Value::Array(list), Value::Array(last)) if !keys(field).is_empty() => {
            withdraw_items(list, last, wanted, others, field)
        }
        _ => {}
    }
}

fn withdraw_items(list: &mut Vec<Value>, last: &[Value], wanted: &Value, others: &[&Value], field: &str) {
    for before in last {
        let twin = |value: &&Value| find(value, before, field).is_some();
        let held: Vec<&Value> =
            others.iter().filter(|other| twin(other)).filter_map(|other| find(other, before, field)).collect();
        let Some(position) = list.iter().position(|own| same_key(own, before, field)) else { continue };
        match find(wanted, before, field) {
            None if held.is_empty() => {
                list.remove(position);
            }
            now => withdraw(&mut list[position], before, now.unwrap_or(&Value::Null), &held, ""),
        }
    }
}

fn find<'a>(list: &'a Value, item: &Value, field: &str) -> Option<&'a Value> {
    list.as_array()?.iter().find(|own| same_key(own, item, field))
}

fn same_key(one: &Value, other: &Value, field: &str) -> bool {
    keys(field).iter().all(|key| key_of(one, key) == key_of(other, key))
}

/// A port without a protocol is a TCP port.
fn key_of(item: &Value, key: &str) -> Value {
    match &item[key] {
        Value::Null if key == "protocol" => "TCP".into(),
        value => value.clone(),
    }
}

/// The keys by which the elements of a list are known; none for a list that is replaced whole.
fn keys(field: &str) -> &'static [&'static str] {
    match field {
        "containers" | "initContainers" | "ephemeralContainers" | "env" | "volumes" | "imagePullSecrets" => &["name"],
        "secrets" => &["name"],
        "volumeMounts" => &["mountPath"],
        "volumeDevices" => &["devicePath"],
        "conditions" => &["type"],
        "ownerReferences" => &["uid"],
        "ports" => &["containerPort", "port", "protocol"],
        "hostAliases" | "podIPs" | "hostIPs" => &["ip"],
        _ => &[],
    }
}

fn is_set(field: &str) -> bool {
    field == "finalizers"
}

fn as_object(value: &mut Value) -> &mut Map<String, Value> {
    if !value.is_object() {
        *value = Value::Object(Map::new());
    }
    match value {
        Value::Object(map) => map,
        _ => unreachable!("made an object above"),
    }
}

fn as_array(value: &mut Value) -> &mut Vec<Value> {
    if !value.is_array() {
        *value = Value::Array(Vec::new());
    }
    match value {
        Value::Array(list) => list,
        _ => unreachable!("made an array above"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{apply, conflicts, merge_patch, strategic_patch};

    #[test]
    fn a_merge_patch_deletes_with_null_and_replaces_lists() {
        let mut object = json!({"a": {"b": 1, "c": 2}, "list": [1, 2]});
        merge_patch(&mut object, &json!({"a": {"b": null}, "list": [3]}));
        assert_eq!(object, json!({"a": {"c": 2}, "list": [3]}));
    }

    #[test]
    fn a_strategic_patch_merges_containers_by_name() {
        let mut object = json!({"containers": [{"name": "a", "image": "x", "tty": true}, {"name": "b"}]});
        strategic_patch(
            &mut object,
            &json!({"containers": [{"name": "a", "image": "y"}, {"name": "b", "$patch": "delete"}]}),
        );
        assert_eq!(object, json!({"containers": [{"name": "a", "image": "y", "tty": true}]}));
    }

    #[test]
    fn apply_takes_away_what_the_manager_names_no_more_and_leaves_the_rest() {
        let mut object =
            json!({"labels": {"mine": "1", "theirs": "2", "shared": "3"}, "env": [{"name": "A"}, {"name": "B"}]});
        let last = json!({"labels": {"mine": "1", "shared": "3"}, "env": [{"name": "A"}, {"name": "B"}]});
        let other = json!({"labels": {"theirs": "2", "shared": "3"}});
        apply(&mut object, Some(&last), &json!({"labels": {}, "env": [{"name": "B"}]}), &[&other]);
        assert_eq!(object, json!({"labels": {"theirs": "2", "shared": "3"}, "env": [{"name": "B"}]}));
    }

    #[test]
    fn a_field_that_another_manager_holds_with_another_value_is_a_conflict() {
        let current = json!({"labels": {"a": "1", "b": "2"}});
        let wanted = json!({"labels": {"a": "9", "b": "9"}});
        assert_eq!(conflicts(&current, &wanted, &json!({"labels": {"a": "1"}}), ""), vec![".labels.a"]);
    }
}
