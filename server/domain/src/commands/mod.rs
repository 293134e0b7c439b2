//! Idempotency: the same key with the same request is one command, and its answer is told again.

use sea_orm::FromQueryResult;
use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};
use types::Refusal;
use uuid::Uuid;

use crate::{Error, Open, Result, Tx};

/// A command that a person or a program may send twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    key: String,
    name: &'static str,
    body_sha256: Vec<u8>,
}

impl Command {
    /// The command `name` with the caller's key and the request that it came with.
    ///
    /// # Errors
    /// `Invalid` for a key that is empty or longer than 200 characters.
    pub fn new(key: &str, name: &'static str, body: &impl Serialize) -> Result<Self> {
        if key.is_empty() || key.len() > 200 {
            let rule = crate::Rule::Length { min: 1, max: 200 };
            return Err(Error::Invalid { field: "idempotency_key", rule });
        }
        let body = serde_json::to_vec(body).map_err(|error| Error::Corrupt(format!("{name}: {error}")))?;
        Ok(Self { key: key.to_owned(), name, body_sha256: Sha256::digest(body).to_vec() })
    }
}

#[derive(FromQueryResult)]
struct Record {
    command: String,
    body_sha256: Vec<u8>,
    result: Option<serde_json::Value>,
}

/// A transaction that a command can run in: inside an organisation, or the installation's.
pub trait Place: std::ops::Deref<Target = Open> + Sized {
    /// Whose command it is; nothing for the installation's.
    fn owner(&self) -> Option<Uuid>;
    /// Makes it true.
    fn finish(self) -> impl Future<Output = Result<()>> + Send;
}

impl Place for Tx {
    fn owner(&self) -> Option<Uuid> {
        Some(self.organisation.uuid())
    }

    fn finish(self) -> impl Future<Output = Result<()>> + Send {
        self.commit()
    }
}

/// A staff transaction on what is the installation's.
#[derive(Debug)]
pub struct Installation(pub Open);

impl std::ops::Deref for Installation {
    type Target = Open;

    fn deref(&self) -> &Open {
        &self.0
    }
}

impl Place for Installation {
    fn owner(&self) -> Option<Uuid> {
        None
    }

    fn finish(self) -> impl Future<Output = Result<()>> + Send {
        self.0.commit()
    }
}

/// Runs `work` once for the command's key, and commits its answer with what it did.
///
/// A refusal is stored too, and nothing else of the work; a failure of ours stores nothing, so that it can be tried
/// again. A second call with the key waits for the first and gets its answer.
///
/// # Errors
/// Those of `work`; [`Error::KeyReused`] when the key came with another request before.
pub async fn once<P, T, W>(tx: P, command: Command, work: W) -> Result<T>
where
    P: Place,
    T: Serialize + DeserializeOwned,
    W: AsyncFnOnce(&P) -> Result<T>,
{
    if !claim(&tx, &command).await? {
        return replay(&tx, &command).await;
    }
    tx.run("SAVEPOINT command", []).await?;
    let (stored, outcome) = match work(&tx).await {
        Ok(view) => (as_json(&Ok::<&T, Refusal>(&view))?, Ok(view)),
        Err(error) => {
            // A failure of ours drops the transaction whole, the key with it.
            let Some(refusal) = error.refusal() else { return Err(error) };
            tx.run("ROLLBACK TO SAVEPOINT command", []).await?;
            (as_json(&Err::<T, Refusal>(refusal))?, Err(error))
        }
    };
    let sql = "UPDATE idempotency SET result = $4
               WHERE organisation_id IS NOT DISTINCT FROM $1 AND principal = $2 AND key = $3";
    tx.run(sql, [tx.owner().into(), tx.principal.name().into(), command.key.into(), stored.into()]).await?;
    tx.finish().await?;
    outcome
}

/// Whether the key is new; waits while another transaction holds it.
async fn claim(tx: &impl Place, command: &Command) -> Result<bool> {
    let sql = "INSERT INTO idempotency (organisation_id, principal, key, command, body_sha256, at)
               VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT ON CONSTRAINT command_was_given DO NOTHING";
    let values = [
        tx.owner().into(),
        tx.principal.name().into(),
        command.key.clone().into(),
        command.name.into(),
        command.body_sha256.clone().into(),
        tx.now.into(),
    ];
    Ok(tx.run(sql, values).await? == 1)
}

async fn replay<T: DeserializeOwned>(tx: &impl Place, command: &Command) -> Result<T> {
    let sql = "SELECT command, body_sha256, result FROM idempotency
               WHERE organisation_id IS NOT DISTINCT FROM $1 AND principal = $2 AND key = $3";
    let values = [tx.owner().into(), tx.principal.name().into(), command.key.clone().into()];
    let record: Record = tx.one(sql, values).await?.ok_or(Error::KeyReused)?;
    if record.command != command.name || record.body_sha256 != command.body_sha256 {
        return Err(Error::KeyReused);
    }
    let stored = record.result.ok_or_else(|| Error::Corrupt("a command without its answer".to_owned()))?;
    let answer: std::result::Result<T, Refusal> =
        serde_json::from_value(stored).map_err(|error| Error::Corrupt(format!("command: {error}")))?;
    answer.map_err(|refusal| Error::Refused(Box::new(refusal)))
}

fn as_json(answer: &impl Serialize) -> Result<serde_json::Value> {
    serde_json::to_value(answer).map_err(|error| Error::Corrupt(format!("command: {error}")))
}
