//! Getting one object and listing many.

use std::sync::Arc;

use axum::http::header;
use axum::response::Response;
use serde_json::{Value, json};

use super::refusal::Refusal;
use super::selector::Selector;
use super::table::{self, Shape};
use super::{Api, Call, json_response};
use crate::store::Object;

pub(super) fn get(api: &Api, call: &Call) -> Result<Response, Refusal> {
    let key = call.target.key()?;
    let object = api.store.lock().get(&key).cloned().ok_or_else(|| Refusal::not_found(key.kind, &key.name))?;
    Ok(match Shape::of(call.header(header::ACCEPT), &call.query) {
        Shape::Whole => json_response(object.json.clone()),
        Shape::Metadata => json_response(table::metadata(&object).to_string()),
        Shape::Table(include) => {
            json_response(table::table(key.kind, &[object], include, api.now(), &json!({})).to_string())
        }
    })
}

pub(super) fn list(api: &Api, call: &Call) -> Result<Response, Refusal> {
    let limit = call.query.number("limit")?.and_then(|limit| usize::try_from(limit).ok()).filter(|limit| *limit > 0);
    let (objects, metadata) = match call.query.text("continue") {
        Some(token) => {
            let (rest, from) = api.pages.open(token)?;
            let end = limit.map_or(rest.objects.len(), |limit| (from + limit).min(rest.objects.len()));
            let page = rest.objects.get(from..end).unwrap_or_default().to_vec();
            let more = (end < rest.objects.len()).then(|| (rest.token(end), rest.objects.len() - end));
            (page, list_metadata(rest.revision, more))
        }
        None => first_page(api, call, limit)?,
    };
    Ok(json_response(write_list(api, call, &objects, &metadata)))
}

fn first_page(api: &Api, call: &Call, limit: Option<usize>) -> Result<(Vec<Arc<Object>>, Value), Refusal> {
    let selector = Selector::of(call.target.kind, &call.query)?;
    let asked = call.query.number("resourceVersion")?.unwrap_or(0);
    let (mut objects, revision) = {
        let shelves = api.store.lock();
        let chosen =
            shelves.scan(call.target.kind, call.target.namespace.as_deref()).filter(|object| selector.matches(object));
        (chosen.cloned().collect::<Vec<_>>(), shelves.revision())
    };
    if asked > revision {
        return Err(Refusal::too_new(asked, revision));
    }
    let matching = call.query.text("resourceVersionMatch") == Some("Exact");
    if matching && asked != revision {
        return Err(Refusal::too_old(asked, revision));
    }
    let Some(limit) = limit.filter(|limit| *limit < objects.len()) else {
        return Ok((objects, list_metadata(revision, None)));
    };
    let left = objects.len() - limit;
    let token = api.pages.keep(revision, objects.clone(), limit);
    objects.truncate(limit);
    Ok((objects, list_metadata(revision, Some((token, left)))))
}

fn list_metadata(revision: u64, more: Option<(String, usize)>) -> Value {
    let mut metadata = json!({"resourceVersion": revision.to_string()});
    if let Some((token, left)) = more {
        metadata["continue"] = token.into();
        metadata["remainingItemCount"] = left.into();
    }
    metadata
}

fn write_list(api: &Api, call: &Call, objects: &[Arc<Object>], metadata: &Value) -> String {
    let kind = call.target.kind;
    let begin = |name: &str, version: &str| {
        format!("{{\"kind\":\"{name}\",\"apiVersion\":\"{version}\",\"metadata\":{metadata},\"items\":[")
    };
    match Shape::of(call.header(header::ACCEPT), &call.query) {
        Shape::Table(include) => table::table(kind, objects, include, api.now(), metadata).to_string(),
        Shape::Metadata => {
            let items: Vec<String> = objects.iter().map(|object| table::metadata(object).to_string()).collect();
            format!("{}{}]}}", begin("PartialObjectMetadataList", "meta.k8s.io/v1"), items.join(","))
        }
        Shape::Whole => {
            let mut text = begin(&format!("{}List", kind.words().kind), &kind.api_version());
            for (position, object) in objects.iter().enumerate() {
                text.push_str(if position == 0 { "" } else { "," });
                text.push_str(&String::from_utf8_lossy(&object.json));
            }
            text.push_str("]}");
            text
        }
    }
}
