//! What the audit's screens share: what they are asked for, how its rows read, and the same rows as a file.

mod file;
mod rows;

use domain::{Error, Rule};
use leptos::prelude::*;
use messages::{Words, say};
use serde::Deserialize;
use session::Refused;
use types::{AuditFilter, Cursor};

pub(super) use self::{
    file::file,
    rows::{Shown, table},
};
use super::asked::instant;
use crate::components::{Button, Field, Select, filters};

/// What the list is asked for, as the filters send it and the address keeps it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    who: String,
    area: String,
    organisation: String,
    subject: String,
    from: String,
    to: String,
    cursor: Option<String>,
    pub(super) verify: Option<String>,
}

impl Asked {
    /// The rows that are wanted, with times as the reader means them.
    pub(super) fn filter(&self, words: &Words) -> Result<AuditFilter, Refused> {
        let said = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let unknown = |_| Refused::from(Error::Invalid { field: "organisation", rule: Rule::Known });
        Ok(AuditFilter {
            who: said(&self.who),
            area: said(&self.area),
            subject: said(&self.subject),
            user: None,
            organisation: said(&self.organisation).map(|id| id.parse().map_err(unknown)).transpose()?,
            from: instant(words, "from", &self.from)?,
            to: instant(words, "to", &self.to)?,
        })
    }

    /// The page that is wanted.
    pub(super) fn page(&self) -> Cursor {
        Cursor { cursor: self.cursor.clone(), limit: None }
    }

    /// The address at `path` that asks the same, and `more`.
    pub(super) fn href(&self, path: &str, more: &[(&str, &str)]) -> String {
        let asked = [
            ("who", self.who.as_str()),
            ("area", self.area.as_str()),
            ("organisation", self.organisation.as_str()),
            ("subject", self.subject.as_str()),
            ("from", self.from.as_str()),
            ("to", self.to.as_str()),
        ];
        let asked = asked.into_iter().filter(|(_, value)| !value.is_empty()).chain(more.iter().copied());
        match serde_urlencoded::to_string(asked.collect::<Vec<_>>()).unwrap_or_default() {
            query if query.is_empty() => path.to_owned(),
            query => format!("{path}?{query}"),
        }
    }

    /// The filters, which lead to `path`; with one for the organisation where there are several.
    pub(super) fn form(&self, words: &Words, path: &str, shown: Shown) -> AnyView {
        let named = |area: &str| (area.to_owned(), words.say("staff-area-of", &[("word", area.into())]));
        let area = Select {
            name: "area".to_owned(),
            label: say!(words, "staff-area-label"),
            options: [(String::new(), say!(words, "all"))].into_iter().chain(shown.areas().map(named)).collect(),
            chosen: self.area.clone(),
            hint: None,
            error: None,
        };
        let who = Field::text("who", say!(words, "staff-who")).value(&self.who);
        let organisation = (shown == Shown::Installation).then(|| {
            let field = Field::text("organisation", say!(words, "staff-organisation-id")).value(&self.organisation);
            field.placeholder("org_…").view()
        });
        let subject = Field::text("subject", say!(words, "staff-subject")).value(&self.subject);
        let from = Field::moment("from", say!(words, "staff-from")).value(&self.from);
        let to = Field::moment("to", say!(words, "staff-until")).value(&self.to);
        let fields = view! {
            {who.placeholder(say!(words, "audit-who-example")).view()}
            {area.view()}
            {organisation}
            {subject.placeholder("ins_…").view()}
            {from.view()}{to.view()}
            {Button::new(say!(words, "filter")).submit()}
        };
        filters(path, fields.into_any())
    }
}

/// What a verb says that was done.
pub(super) fn did(words: &Words, verb: &str) -> String {
    words.say("audit-did", &[("word", verb.replace('.', "-").into())])
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs, path::Path};

    use domain::audit::AREAS;
    use messages::Locale;

    use super::*;

    /// The verbs that the domain's sources record.
    fn verbs(folder: &Path, found: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                verbs(&path, found);
            } else if path.extension().is_some_and(|end| end == "rs") && !path.ends_with("rules.rs") {
                // What is pure records nothing, and may name domains.
                let text = fs::read_to_string(&path).unwrap();
                found.extend(text.split('"').filter(|word| is_verb(word)).map(str::to_owned));
            }
        }
    }

    fn is_verb(word: &str) -> bool {
        let plain =
            |part: &str| !part.is_empty() && part.chars().all(|letter| letter == '_' || letter.is_ascii_lowercase());
        let settings = ["tamuda.", ".rs", ".txt", ".sql"];
        word.split_once('.').is_some_and(|(area, verb)| plain(area) && plain(verb))
            && !settings.iter().any(|other| word.starts_with(other) || word.ends_with(other))
    }

    #[test]
    fn every_verb_of_the_domain_has_an_area_and_words_in_every_language() {
        let mut found = BTreeSet::new();
        verbs(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../server/domain/src"), &mut found);
        assert!(found.len() > 30, "{found:?}");
        for verb in found {
            let area = verb.split('.').next().unwrap();
            assert!(AREAS.contains(&area), "{verb} is in no area of domain::audit::AREAS");
            for locale in Locale::ALL {
                let words = Words::new(locale, "UTC");
                assert!(!did(&words, &verb).contains(&verb.replace('.', "-")), "{verb} in {}", locale.tag());
                assert_ne!(words.say("staff-area-of", &[("word", area.into())]), area, "{area} in {}", locale.tag());
            }
        }
    }

    #[test]
    fn the_address_keeps_what_was_asked() {
        let asked = Asked { who: "a & b".to_owned(), from: "2026-03-02T09:00".to_owned(), ..Asked::default() };
        assert_eq!(asked.href("/a", &[("cursor", "x_1")]), "/a?who=a+%26+b&from=2026-03-02T09%3A00&cursor=x_1");
        assert_eq!(Asked::default().href("/a", &[]), "/a");
    }
}
