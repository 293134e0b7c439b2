//! How many units a token runs, where it may run only so many at once: the one rule of the refusal and of the verdict.

use sea_orm::FromQueryResult;

use crate::{Error, Result, Tx};

/// What a token may run at once, and runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Running {
    most: u32,
    units: i64,
}

impl Running {
    /// Refuses `more` units than the token may run beside those that it runs.
    pub(crate) fn check(self, more: u32) -> Result<()> {
        let is_beyond = self.units.saturating_add(more.into()) > i64::from(self.most);
        if is_beyond { Err(Error::TokenUnits { most: self.most }) } else { Ok(()) }
    }
}

/// Of the transaction's token; nothing for one that may run any number, and where no token is.
pub(crate) async fn running_in(tx: &Tx) -> Result<Option<Running>> {
    #[derive(FromQueryResult)]
    struct Units {
        units: i64,
    }
    let Some((token, most)) = tx.principal.most_units() else { return Ok(None) };
    let sql = "SELECT coalesce(sum(units), 0)::bigint AS units FROM lease
               WHERE organisation_id = $1 AND token_id = $2 AND ended_at IS NULL AND subject_kind = 'pod'";
    let row: Option<Units> = tx.one(sql, [tx.organisation.into(), token.into()]).await?;
    Ok(Some(Running { most, units: row.map_or(0, |row| row.units) }))
}
