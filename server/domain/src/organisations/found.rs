//! Opening an organisation for oneself: who does owns it, and it has a project to launch in.

use sea_orm::FromQueryResult;
use types::{FoundOrganisation, OrganisationId, ProjectId, Timestamp};

use super::identity::text;
use crate::{
    Database, Error, Result, Rule, Tx,
    access::{Actor, Principal},
    audit,
};

/// So many words are tried for an organisation whose name others have.
const MOST_WORDS: u32 = 50;

#[derive(FromQueryResult)]
struct Answer {
    outcome: String,
}

/// Opens an organisation whose documents are in `language` and whose days begin in `time_zone`; its word in addresses.
///
/// # Errors
/// `Invalid` for a field that may not be; a conflict for who owns five already.
pub async fn found_organisation(
    db: &Database,
    actor: &Actor,
    ask: &FoundOrganisation,
    (language, time_zone): (&str, &str),
    now: Timestamp,
) -> Result<String> {
    let ask = checked(ask)?;
    let now = now.floor();
    let open = db.public_writing(Principal::Nobody, now).await?.by(actor.principal(None)).await?;
    let id = OrganisationId::new(now);
    let word = slug(&ask.name, "organisation");
    for n in 1..=MOST_WORDS {
        let slug = if n == 1 { word.clone() } else { format!("{word}-{n}") };
        let sql = "SELECT * FROM found_organisation($1, $2, 'main', 'Main', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
        let values = [
            actor.person().id.into(),
            ProjectId::new(now).into(),
            id.into(),
            slug.as_str().into(),
            ask.name.as_str().into(),
            ask.legal_name.as_str().into(),
            ask.address.as_str().into(),
            ask.country.as_str().into(),
            ask.is_business.into(),
            ask.currency.word().into(),
            language.into(),
            time_zone.into(),
            types::new_uuid(now).into(),
            now.into(),
        ];
        let answer: Option<Answer> = open.one(sql, values).await?;
        match answer.as_ref().map(|answer| answer.outcome.as_str()) {
            Some("done") => {
                let tx = open.enter(id).await?;
                record_in(&tx, &ask).await?;
                tx.commit().await?;
                return Ok(slug);
            }
            Some("many") => return Err(Error::Conflict("organisations-many")),
            _ => {}
        }
    }
    Err(Error::Conflict("slug-taken"))
}

async fn record_in(tx: &Tx, ask: &FoundOrganisation) -> Result<()> {
    let subject = tx.organisation().to_string();
    let change = audit::Change { verb: "organisation.founded", subject, before: None::<()>, after: Some(ask) };
    audit::record_in(tx, change).await
}

fn checked(ask: &FoundOrganisation) -> Result<FoundOrganisation> {
    let country = ask.country.trim().to_uppercase();
    if country.len() != 2 || !country.chars().all(|letter| letter.is_ascii_uppercase()) {
        return Err(Error::Invalid { field: "country", rule: Rule::Known });
    }
    Ok(FoundOrganisation {
        name: text("name", &ask.name, 100)?,
        legal_name: text("legal_name", &ask.legal_name, 200)?,
        address: text("address", &ask.address, 500)?,
        country,
        is_business: ask.is_business,
        currency: ask.currency,
    })
}

/// A word for addresses out of a name: small letters, digits and single dashes; `otherwise` where nothing is left of it.
pub(super) fn slug(name: &str, otherwise: &str) -> String {
    let plain = name.to_lowercase().chars().map(unaccented).collect::<String>();
    let words = plain.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let word = words.collect::<Vec<_>>().join("-").chars().take(40).collect::<String>();
    let word = word.trim_end_matches('-');
    // A name in another script says nothing in small Latin letters.
    if word.is_empty() { otherwise.to_owned() } else { word.to_owned() }
}

fn unaccented(letter: char) -> char {
    match letter {
        'à' | 'á' | 'â' | 'ä' | 'ã' | 'å' => 'a',
        'ç' => 'c',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ñ' => 'n',
        'ò' | 'ó' | 'ô' | 'ö' | 'õ' => 'o',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        letter => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_for_addresses_is_made_of_any_name() {
        for (name, word) in [
            ("Rif Biomed", "rif-biomed"),
            ("  Énergie & Été, S.A. ", "energie-ete-s-a"),
            ("شركة الريف", "organisation"),
            ("--", "organisation"),
            (&"long ".repeat(20), "long-long-long-long-long-long-long-long"),
        ] {
            assert_eq!(slug(name, "organisation"), word);
        }
    }
}
