//! Letters to those an organisation belongs to.

use sea_orm::FromQueryResult;
use types::LetterKind;

use crate::{
    Result, Tx,
    mail::{self, Letter, NOTICE_S},
};

#[derive(FromQueryResult)]
struct Owner {
    email: String,
    name: String,
    locale: Option<String>,
    organisation: String,
    slug: String,
}

/// Writes to every owner; each letter also says to whom it is, what the organisation is called and its word in addresses.
pub(crate) async fn tell_owners_in<const N: usize>(
    tx: &Tx,
    kind: LetterKind,
    facts: [(&str, String); N],
) -> Result<()> {
    let sql = "SELECT p.email, p.name, p.locale, o.name AS organisation, o.slug
               FROM member m JOIN person p ON p.id = m.user_id JOIN organisation o ON o.id = m.organisation_id
               WHERE m.organisation_id = $1 AND m.role = 'owner' ORDER BY m.user_id";
    let owners: Vec<Owner> = tx.all(sql, [tx.organisation().into()]).await?;
    for Owner { email, name, locale, organisation, slug } in owners {
        let to = (email.as_str(), locale.as_deref());
        let mut letter = Letter::new(kind, to, facts.clone(), tx.now.plus_seconds(NOTICE_S));
        let own = [("name", name), ("organisation", organisation), ("slug", slug)];
        letter.arguments.extend(own.map(|(fact, said)| (fact.to_owned(), said)));
        mail::post_in(tx, letter).await?;
    }
    Ok(())
}
