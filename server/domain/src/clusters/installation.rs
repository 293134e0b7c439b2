//! Which installation this database is: the word that stands on everything it has in a cluster.

use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{Error, Open, Result};

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
}

/// The installation's id.
///
/// # Errors
/// `NotFound` before `tamuda admin` has founded one.
pub async fn installation_in(open: &Open) -> Result<Uuid> {
    let row: Option<Row> = open.one("SELECT id FROM installation", []).await?;
    row.map(|row| row.id).ok_or(Error::NotFound)
}
