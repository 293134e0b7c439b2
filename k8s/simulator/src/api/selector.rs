//! Label and field selectors.

use serde_json::Value;

use super::refusal::Refusal;
use super::target::Query;
use crate::kinds::Kind;
use crate::store::Object;

/// Which objects a list or a watch wants.
#[derive(Clone, Debug, Default)]
pub(crate) struct Selector {
    labels: Vec<LabelTerm>,
    fields: Vec<FieldTerm>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum LabelTerm {
    In(String, Vec<String>),
    NotIn(String, Vec<String>),
    Exists(String),
    Absent(String),
}

#[derive(Clone, Debug)]
struct FieldTerm {
    path: Vec<String>,
    value: String,
    equal: bool,
}

impl Selector {
    /// Reads both selectors of a request.
    pub(crate) fn of(kind: Kind, query: &Query) -> Result<Self, Refusal> {
        let labels =
            split(query.text("labelSelector").unwrap_or_default()).map(label_term).collect::<Result<_, _>>()?;
        let fields = query.text("fieldSelector").unwrap_or_default().split(',').filter(|term| !term.is_empty());
        Ok(Self { labels, fields: fields.map(|term| field_term(kind, term)).collect::<Result<_, _>>()? })
    }

    pub(crate) fn matches(&self, object: &Object) -> bool {
        self.labels.iter().all(|term| term.matches(object)) && self.fields.iter().all(|term| term.matches(object))
    }
}

impl LabelTerm {
    fn matches(&self, object: &Object) -> bool {
        let has = |name: &str, values: &[String]| {
            object.label(name).is_some_and(|own| values.iter().any(|value| value == own))
        };
        match self {
            Self::In(name, values) => has(name, values),
            Self::NotIn(name, values) => !has(name, values),
            Self::Exists(name) => object.label(name).is_some(),
            Self::Absent(name) => object.label(name).is_none(),
        }
    }
}

impl FieldTerm {
    fn matches(&self, object: &Object) -> bool {
        let found = self.path.iter().fold(&object.body, |value, part| &value[part.as_str()]);
        let text = match found {
            Value::String(text) => text.clone(),
            Value::Null => String::new(),
            other => other.to_string(),
        };
        (text == self.value) == self.equal
    }
}

/// Splits at commas outside parentheses.
fn split(text: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0;
    text.split(move |c| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        c == ',' && depth == 0
    })
    .map(str::trim)
    .filter(|term| !term.is_empty())
}

fn label_term(term: &str) -> Result<LabelTerm, Refusal> {
    let plain = |text: &str| text.trim().to_owned();
    if let Some((name, values)) = term.strip_suffix(')').and_then(|term| term.split_once('(')) {
        let values = values.split(',').map(plain).collect();
        return match name.trim().rsplit_once(' ') {
            Some((name, "in")) => Ok(LabelTerm::In(plain(name), values)),
            Some((name, "notin")) => Ok(LabelTerm::NotIn(plain(name), values)),
            _ => Err(Refusal::bad_request(format!("unable to parse requirement: {term:?}"))),
        };
    }
    if let Some((name, value)) = term.split_once("!=") {
        return Ok(LabelTerm::NotIn(plain(name), vec![plain(value)]));
    }
    if let Some((name, value)) = term.split_once("==").or_else(|| term.split_once('=')) {
        return Ok(LabelTerm::In(plain(name), vec![plain(value)]));
    }
    let absent = term.strip_prefix('!');
    let name = absent.unwrap_or(term).trim();
    if name.contains(char::is_whitespace) {
        return Err(Refusal::bad_request(format!("unable to parse requirement: {term:?}")));
    }
    Ok(if absent.is_some() { LabelTerm::Absent(plain(name)) } else { LabelTerm::Exists(plain(name)) })
}

fn field_term(kind: Kind, term: &str) -> Result<FieldTerm, Refusal> {
    let (path, value, equal) = if let Some((path, value)) = term.split_once("!=") {
        (path, value, false)
    } else if let Some((path, value)) = term.split_once("==").or_else(|| term.split_once('=')) {
        (path, value, true)
    } else {
        return Err(Refusal::bad_request(format!("invalid selector: {term:?}; can't understand {term:?}")));
    };
    if !supported(kind).contains(&path) {
        return Err(Refusal::bad_request(format!("field label not supported: {path}")));
    }
    Ok(FieldTerm { path: path.split('.').map(str::to_owned).collect(), value: value.to_owned(), equal })
}

fn supported(kind: Kind) -> Vec<&'static str> {
    let own: &[&str] = match kind {
        Kind::Pod => &[
            "spec.nodeName",
            "spec.restartPolicy",
            "spec.schedulerName",
            "spec.serviceAccountName",
            "spec.hostNetwork",
            "status.phase",
            "status.podIP",
            "status.nominatedNodeName",
        ],
        Kind::Event => &[
            "involvedObject.kind",
            "involvedObject.namespace",
            "involvedObject.name",
            "involvedObject.uid",
            "involvedObject.apiVersion",
            "involvedObject.resourceVersion",
            "involvedObject.fieldPath",
            "reason",
            "reportingComponent",
            "source",
            "type",
        ],
        Kind::Node => &["spec.unschedulable"],
        Kind::Namespace => &["status.phase"],
        Kind::Secret => &["type"],
        _ => &[],
    };
    [&["metadata.name", "metadata.namespace"], own].concat()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Query, Selector};
    use crate::kinds::Kind;
    use crate::store::{Applied, Key, Object};

    fn chosen(query: &str) -> bool {
        let body = json!({"metadata": {"name": "p", "labels": {"a": "1", "b": "2"}}, "spec": {"nodeName": "n"}});
        let pod = Object::new(Key::new(Kind::Pod, "x", "p"), 1, body, Applied::default());
        Selector::of(Kind::Pod, &Query::parse(query).unwrap()).unwrap().matches(&pod)
    }

    #[test]
    fn label_selectors_choose_by_every_operator() {
        for query in ["labelSelector=a%3D1,b!%3D3", "labelSelector=a+in+(1,7),!c", "labelSelector=b,c+notin+(x)"] {
            assert!(chosen(query), "{query}");
        }
        for query in ["labelSelector=a%3D2", "labelSelector=!a", "labelSelector=a+notin+(1)", "labelSelector=c"] {
            assert!(!chosen(query), "{query}");
        }
    }

    #[test]
    fn field_selectors_choose_and_unknown_fields_are_refused() {
        assert!(chosen("fieldSelector=spec.nodeName%3Dn,status.phase!%3DFailed"));
        assert!(!chosen("fieldSelector=spec.nodeName%3D"));
        let query = Query::parse("fieldSelector=spec.colour%3Dred").unwrap();
        assert_eq!(Selector::of(Kind::Pod, &query).unwrap_err().code, 400);
    }
}
