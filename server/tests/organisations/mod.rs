//! Organisations.

mod closing;
mod invitations;
mod members;
mod people;
mod projects;
mod read;
mod settings;
mod views;

use axum::http::Method;
use serde_json::Value;

use crate::portal::Caller;

/// Whoever does not belong to `acme` is told there what they are told of an organisation that there is not.
async fn assert_hidden(caller: &Caller, method: Method, beneath: &str, ask: &Value) {
    let answer = async |place: &str| {
        let (path, body) = (format!("/api/v1/organisations/{place}/{beneath}"), ask.to_string());
        caller.send(method.clone(), &path, Some("application/json"), body.into()).await
    };
    let (foreign, random) = (answer("acme").await, answer("org_01ka4c2d00000000000000000z").await);
    assert_eq!((foreign.status, format!("{foreign:?}")), (404, format!("{random:?}")), "{method} {beneath}");
}
