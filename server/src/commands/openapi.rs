//! `tamuda openapi`: the API's description, for generators of clients.

/// Prints the description as JSON.
pub(crate) fn openapi() -> anyhow::Result<()> {
    let described = serde_json::to_string_pretty(&crate::http::rest::description())?;
    super::say(&format!("{described}\n"))
}
