//! The one way to write a thing as bytes for a digest: JSON without spaces, keys in order of their characters.

use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::{Error, Result};

/// The canonical bytes of a thing.
///
/// # Errors
/// `Corrupt` for a thing that JSON cannot say.
pub(crate) fn bytes(thing: &impl Serialize) -> Result<Vec<u8>> {
    let value = serde_json::to_value(thing).map_err(|error| Error::Corrupt(format!("canonical form: {error}")))?;
    let mut text = String::new();
    write(&value, &mut text);
    Ok(text.into_bytes())
}

/// SHA-256 in hexadecimal.
pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Bytes in hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn write(value: &Value, text: &mut String) {
    match value {
        Value::Object(fields) => {
            // Sorted here, so that it does not depend on how serde_json was built.
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_unstable_by_key(|(key, _)| key.as_str());
            enclosed('{', fields, '}', text, |(key, value), text| {
                text.push_str(&Value::from(key.as_str()).to_string());
                text.push(':');
                write(value, text);
            });
        }
        Value::Array(items) => enclosed('[', items, ']', text, write),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => text.push_str(&value.to_string()),
    }
}

fn enclosed<T>(
    open: char,
    items: impl IntoIterator<Item = T>,
    close: char,
    text: &mut String,
    each: impl Fn(T, &mut String),
) {
    text.push(open);
    for (place, item) in items.into_iter().enumerate() {
        if place > 0 {
            text.push(',');
        }
        each(item, text);
    }
    text.push(close);
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_order_in_which_fields_were_written_does_not_matter() {
        let one: Value = serde_json::from_str(r#"{"b": [1, {"y": null, "x": "é\"\n"}], "a": true}"#).unwrap();
        let other = json!({ "a": true, "b": [1, { "x": "é\"\n", "y": null }] });
        assert_eq!(bytes(&one).unwrap(), bytes(&other).unwrap());
        assert_eq!(String::from_utf8(bytes(&one).unwrap()).unwrap(), r#"{"a":true,"b":[1,{"x":"é\"\n","y":null}]}"#);
    }

    #[test]
    fn the_digest_is_the_known_one_of_nothing() {
        assert_eq!(sha256_hex(b""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }
}
