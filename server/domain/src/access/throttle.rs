//! Tries in vain, counted by account and by address, so that guessing is slow. All portals on one database count together;
//! of a name its digest is kept, for a quarter of an hour.
//!
//! Libraries that limit rates (`governor`) count in the memory of one process, and know the rate before the outcome.

use std::net::{IpAddr, Ipv6Addr};

use sea_orm::{ConnectionTrait, FromQueryResult};
use serde_json::{Value, json};
use types::{Code, Refusal, Timestamp};

use super::{Job, sessions::hashed};
use crate::{Database, Error, Result, database::statement};

/// Tries in vain on one account that are free of waiting.
const FREE_OF_ACCOUNT: i32 = 5;
/// The same from one address, which many people may share.
const FREE_OF_ADDRESS: i32 = 30;
/// Questions for a passkey that an address may leave without an answer: each opening of the page to sign in is one.
const FREE_OF_QUESTIONS: i32 = 120;

/// What is counted by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tried {
    name: String,
    free: i32,
}

impl Tried {
    /// By the account that was typed, whether or not there is such a one.
    #[must_use]
    pub fn account(typed: &str) -> Self {
        Self { name: format!("account {}", typed.trim().to_lowercase()), free: FREE_OF_ACCOUNT }
    }

    /// By where somebody came from.
    #[must_use]
    pub fn address(address: &str) -> Self {
        Self { name: format!("address {}", network(address)), free: FREE_OF_ADDRESS }
    }

    /// By where a question for a passkey went.
    #[must_use]
    pub fn question(address: &str) -> Self {
        Self { name: format!("question {}", network(address)), free: FREE_OF_QUESTIONS }
    }

    fn key(&self) -> String {
        hashed(&self.name).iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Refuses while one of the names has to wait; else counts a try in vain for each, before it is known to be one: of many
/// at once, no more are let through than one after the other.
///
/// # Errors
/// A refusal that says how long to wait, besides the database's own.
pub async fn begin_tries(db: &Database, tried: &[Tried], now: Timestamp) -> Result<()> {
    #[derive(FromQueryResult)]
    struct Wait {
        seconds: i64,
    }
    let names: Value = tried.iter().map(|one| json!({ "key": one.key(), "free": one.free })).collect();
    let query = statement("SELECT begin_tries($1, $2) AS seconds", [names.into(), now.into()]);
    match Wait::find_by_statement(query).one(db.before_scope()).await? {
        Some(Wait { seconds }) if seconds > 0 => {
            let refusal = Refusal::new(Code::TooManyRequests, "too-many-attempts").with("seconds", seconds);
            Err(Error::Refused(Box::new(refusal)))
        }
        _ => Ok(()),
    }
}

/// Forgets all that was tried by the first names, and takes one try of each of the others back: it was not in vain, or
/// never came to be tried.
///
/// # Errors
/// Only the database's own.
pub async fn forgive_tries(db: &Database, wholly: &[Tried], one: &[Tried]) -> Result<()> {
    let names = wholly.iter().map(|tried| (tried, true)).chain(one.iter().map(|tried| (tried, false)));
    let names: Value = names.map(|(tried, wholly)| json!({ "key": tried.key(), "wholly": wholly })).collect();
    db.before_scope().execute_raw(statement("SELECT forgive_tries($1)", [names.into()])).await?;
    Ok(())
}

/// Forgets who has not tried for as long as one waits at most.
///
/// # Errors
/// Only the database's own.
pub async fn forget_tries(db: &Database, job: Job, now: Timestamp) -> Result<()> {
    let open = db.work(job, now).await?;
    open.run("SELECT forget_tries($1)", [now.into()]).await?;
    open.commit().await
}

/// Whoever has one address of IPv6 has all of its network of 64 bits.
fn network(address: &str) -> String {
    match address.parse::<IpAddr>().map(|address| address.to_canonical()) {
        Ok(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).to_string()
        }
        Ok(IpAddr::V4(address)) => address.to_string(),
        Err(_) => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_one_however_it_is_typed_and_a_network_of_ipv6_is_one_address() {
        assert_eq!(Tried::account(" Lina@acme.test "), Tried::account("lina@acme.test"));
        assert_eq!(Tried::address("2001:db8:1:2::7"), Tried::address("2001:db8:1:2:aaaa::1"));
        assert_ne!(Tried::address("2001:db8:1:2::7"), Tried::address("2001:db8:1:3::7"));
        assert_eq!(Tried::address("::ffff:192.0.2.1"), Tried::address("192.0.2.1"));
        assert_ne!(Tried::address("192.0.2.1"), Tried::address("192.0.2.2"));
        assert_ne!(Tried::address("192.0.2.1").key(), Tried::question("192.0.2.1").key());
    }
}
