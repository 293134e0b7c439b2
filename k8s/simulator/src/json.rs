//! Lists within JSON, by pointer, without making what is not there.

use serde_json::Value;

/// The elements of a list; none where there is no list.
pub(crate) fn each<'a>(value: &'a Value, pointer: &str) -> impl Iterator<Item = &'a Value> {
    value.pointer(pointer).and_then(Value::as_array).into_iter().flatten()
}

/// As [`each`], to be changed.
pub(crate) fn each_mut<'a>(value: &'a mut Value, pointer: &str) -> impl Iterator<Item = &'a mut Value> {
    value.pointer_mut(pointer).and_then(Value::as_array_mut).into_iter().flatten()
}
