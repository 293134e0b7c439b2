//! What a person says of themselves: name, language, time zone.

use jiff::tz::TimeZoneDatabase;
use types::{AccountSettings, Timestamp};

use super::{Actor, joining::person_name};
use crate::{Database, Error, Result, Rule, audit};

/// The languages that letters can come in.
const LANGUAGES: [&str; 3] = ["en", "fr", "ar"];

/// What the actor says of themselves now.
#[must_use]
pub fn settings_of(actor: &Actor) -> AccountSettings {
    let person = actor.person();
    AccountSettings { name: person.name.clone(), locale: person.locale.clone(), time_zone: person.time_zone.clone() }
}

/// Changes what the actor says of themselves; the same again is no change.
///
/// # Errors
/// `Invalid` for a name that may not be, and for a language or a time zone that there is not.
pub async fn change_settings(db: &Database, actor: &Actor, ask: &AccountSettings, now: Timestamp) -> Result<()> {
    let (before, after) = (settings_of(actor), checked(ask)?);
    if before == after {
        return Ok(());
    }
    let open = db.myself(actor.person().id, now).await?;
    let sql = "UPDATE person SET name = $2, locale = $3, time_zone = $4 WHERE id = $1";
    let AccountSettings { name, locale, time_zone } = after.clone();
    open.run(sql, [actor.person().id.into(), name.into(), locale.into(), time_zone.into()]).await?;
    let subject = actor.person().id.to_string();
    let change = audit::Change { verb: "person.changed", subject, before: Some(before), after: Some(after) };
    audit::record_as(&open, &actor.principal(None), change).await?;
    open.commit().await
}

fn checked(ask: &AccountSettings) -> Result<AccountSettings> {
    let unknown = |field| Error::Invalid { field, rule: Rule::Known };
    let said = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
    let (locale, time_zone) = (said(&ask.locale), said(&ask.time_zone));
    if locale.as_deref().is_some_and(|locale| !LANGUAGES.contains(&locale)) {
        return Err(unknown("locale"));
    }
    if time_zone.as_deref().is_some_and(|zone| TimeZoneDatabase::bundled().get(zone).is_err()) {
        return Err(unknown("time_zone"));
    }
    Ok(AccountSettings { name: person_name(&ask.name)?.to_owned(), locale, time_zone })
}
