//! The API's description (OpenAPI): what each handler says of itself, and what holds for all of them.

use types::{Code, Problem};
use utoipa::{
    OpenApi as _, PartialSchema, ToSchema,
    openapi::{
        ContentBuilder, HttpMethod, InfoBuilder, ObjectBuilder, OpenApi, PathItem, Ref, RefOr, Required,
        ResponseBuilder,
        path::{Operation, ParameterBuilder, ParameterIn},
        schema::Type,
        security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme},
    },
};

/// The whole description.
#[must_use]
pub(crate) fn description() -> OpenApi {
    let mut api = super::Paths::openapi();
    api.info = InfoBuilder::new().title("Tamuda").version("1").description(Some(introduction())).build();
    let components = api.components.get_or_insert_default();
    components.schemas.insert("Problem".to_owned(), Problem::schema());
    let mut schemas = Vec::new();
    Problem::schemas(&mut schemas);
    components.schemas.extend(schemas);
    let cookie = SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new("__Host-tamuda")));
    components.security_schemes.insert("session".to_owned(), cookie.into());
    let bearer = SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build());
    components.security_schemes.insert("token".to_owned(), bearer.into());
    let either = ["session", "token"].map(|scheme| SecurityRequirement::new(scheme, Vec::<String>::new()));
    api.security = Some(either.to_vec());
    api.paths.paths.iter_mut().for_each(|(path, item)| complete(path, item));
    api
}

/// What holds everywhere, with the table of codes.
fn introduction() -> String {
    let rows: String = Code::ALL
        .iter()
        .map(|code| format!("| `{}` | {} | {} |\n", code.word(), code.status(), code.meaning()))
        .collect();
    format!("{}\n| code | status | meaning |\n|---|---|---|\n{rows}", include_str!("introduction.md"))
}

/// Adds what every handler of its kind has: the path's parameters, the key of commands, the versions, the problem.
fn complete(path: &str, item: &mut PathItem) {
    for (method, operation) in [
        (HttpMethod::Get, &mut item.get),
        (HttpMethod::Post, &mut item.post),
        (HttpMethod::Put, &mut item.put),
        (HttpMethod::Patch, &mut item.patch),
        (HttpMethod::Delete, &mut item.delete),
    ] {
        let Some(operation) = operation else { continue };
        path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')).for_each(|name| {
            parameter(operation, name, ParameterIn::Path, "Its id; for an organisation also its slug");
        });
        for (name, meaning) in headers(path, &method) {
            parameter(operation, name, ParameterIn::Header, meaning);
        }
        if method != HttpMethod::Get && !path.starts_with("/api/v1/session") {
            parameter(operation, "dry_run", ParameterIn::Query, "`true`: tells what would happen, and nothing does");
        }
        let kind = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
        let problem = ResponseBuilder::new().description("A problem").content("application/problem+json", kind).build();
        operation.responses.responses.insert("default".to_owned(), problem.into());
    }
}

/// The headers that a handler at this address reads.
fn headers(path: &str, method: &HttpMethod) -> Vec<(&'static str, &'static str)> {
    let mut headers = Vec::new();
    match method {
        HttpMethod::Get => headers.push(("If-None-Match", "The ETag that you have: 304 where nothing has changed")),
        HttpMethod::Post => headers.push(("Idempotency-Key", "Makes repeating the request safe")),
        _ => {}
    }
    // What has a version of its own.
    let has_version = path.contains("/instances/{instance}") || path.contains("/volumes/{volume}");
    if has_version && *method != HttpMethod::Get {
        headers.push(("If-Match", "The ETag that you know: 412 where the thing is another by now"));
    }
    headers
}

fn parameter(operation: &mut Operation, name: &str, place: ParameterIn, meaning: &str) {
    let required = if place == ParameterIn::Path { Required::True } else { Required::False };
    let parameters = operation.parameters.get_or_insert_default();
    if parameters.iter().any(|known| matches!(known, RefOr::T(known) if known.name == name)) {
        return;
    }
    let text = ObjectBuilder::new().schema_type(Type::String).build();
    let parameter = ParameterBuilder::new().name(name).parameter_in(place).required(required).schema(Some(text));
    parameters.push(parameter.description(Some(meaning)).build().into());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_description_has_every_route_and_no_other() {
        let described = serde_json::to_value(description()).unwrap();
        let mut found = Vec::new();
        for (path, item) in described["paths"].as_object().unwrap() {
            found.extend(item.as_object().unwrap().keys().map(|method| format!("{method} {path}")));
        }
        let mut routes: Vec<_> = super::super::ROUTES.iter().map(|(method, path)| format!("{method} {path}")).collect();
        found.sort();
        routes.sort();
        assert_eq!(found, routes);
    }

    #[test]
    fn headers_stand_where_they_are_read() {
        let described = serde_json::to_value(description()).unwrap();
        let reads = |path: &str, method: &str, header: &str| {
            let parameters = described["paths"][path][method]["parameters"].as_array().unwrap();
            parameters.iter().any(|parameter| parameter["name"] == header)
        };
        let one = "/api/v1/organisations/{organisation}/instances/{instance}";
        assert!(reads(one, "get", "If-None-Match") && !reads(one, "get", "If-Match"));
        assert!(reads(one, "delete", "If-Match") && reads(&format!("{one}/stop"), "post", "If-Match"));
        assert!(reads("/api/v1/organisations/{organisation}/volumes/{volume}/grow", "post", "If-Match"));
        assert!(reads("/api/v1/staff/prices/{price}", "delete", "Idempotency-Key"));
        assert!(reads("/api/v1/staff/prices", "post", "Idempotency-Key"));
    }

    #[test]
    fn every_schema_that_is_named_is_described() {
        let described = serde_json::to_value(description()).unwrap();
        let text = described.to_string();
        let schemas = described["components"]["schemas"].as_object().unwrap();
        for name in text.split("#/components/schemas/").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(schemas.contains_key(name), "{name} is nowhere described");
        }
    }
}
