//! Hints that something changed, between replicas: never inside a business transaction, whose commit they would make
//! wait, and never the only way to notice. Who hears one reads the rows again.

use std::str::FromStr;

use sea_orm::{ConnectionTrait, sqlx::postgres::PgListener};
use types::{ClusterId, OrganisationId, Timestamp};

use super::{Database, statement};
use crate::{Error, Result};

/// The channel of all hints.
const CHANNEL: &str = "tamuda";

/// What may have changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Hint {
    /// Instances of one organisation.
    Instances(OrganisationId),
    /// Instances of any organisation, or nodes: the leader saw the cluster change.
    Cluster,
    /// A cluster was heard of at an instant, whether or not anything changed.
    Heard(ClusterId, Timestamp),
}

/// Hints as they come in, on a connection of their own.
#[derive(Debug)]
pub struct Hints(PgListener);

impl std::fmt::Display for Hint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Instances(organisation) => write!(f, "instances {organisation}"),
            Self::Cluster => f.write_str("cluster"),
            Self::Heard(cluster, at) => write!(f, "heard {cluster} {at}"),
        }
    }
}

impl FromStr for Hint {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let unknown = || Error::Corrupt(format!("the hint {text}"));
        match text.split_once(' ') {
            None if text == "cluster" => Ok(Self::Cluster),
            Some(("instances", id)) => id.parse().map(Self::Instances).map_err(|_| unknown()),
            Some(("heard", rest)) => {
                let (cluster, at) = rest.split_once(' ').ok_or_else(unknown)?;
                Ok(Self::Heard(cluster.parse().map_err(|_| unknown())?, at.parse().map_err(|_| unknown())?))
            }
            _ => Err(unknown()),
        }
    }
}

impl Database {
    /// Tells all replicas, this one too.
    ///
    /// # Errors
    /// Only the database's own.
    pub async fn hint(&self, hints: &[Hint]) -> Result<()> {
        let texts: Vec<String> = hints.iter().map(ToString::to_string).collect();
        let sql = "SELECT pg_notify($1, hint) FROM unnest($2::text[]) AS hint";
        self.worker.execute_raw(statement(sql, [CHANNEL.into(), texts.into()])).await?;
        Ok(())
    }

    /// Listens from now on.
    ///
    /// # Errors
    /// Only the database's own.
    pub async fn hints(&self) -> Result<Hints> {
        let listening = async {
            let mut listener = PgListener::connect_with(self.worker.get_postgres_connection_pool()).await?;
            listener.listen(CHANNEL).await?;
            Ok(Hints(listener))
        };
        listening.await.map_err(away)
    }
}

impl Hints {
    /// The next hint; one of a newer replica that is not understood is passed over.
    ///
    /// # Errors
    /// When the connection is lost: what was said meanwhile is lost too.
    pub async fn next(&mut self) -> Result<Hint> {
        loop {
            if let Ok(hint) = self.0.recv().await.map_err(away)?.payload().parse() {
                return Ok(hint);
            }
        }
    }
}

fn away(error: sea_orm::sqlx::Error) -> Error {
    sea_orm::DbErr::Conn(sea_orm::RuntimeErr::SqlxError(error.into())).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hint_is_read_as_it_was_written() {
        let organisation = OrganisationId::from_uuid(uuid::Uuid::from_u128(7));
        let heard =
            Hint::Heard(ClusterId::from_uuid(uuid::Uuid::from_u128(9)), "2026-03-02T09:00:00.5Z".parse().unwrap());
        for hint in [Hint::Instances(organisation), Hint::Cluster, heard] {
            assert_eq!(hint.to_string().parse::<Hint>().unwrap(), hint);
        }
        for text in ["instances", "weather", "heard", "heard x", "heard x y"] {
            assert!(text.parse::<Hint>().is_err(), "{text}");
        }
    }
}
