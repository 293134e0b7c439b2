//! What budgets have left for a launch: the one rule of the refusal and of the verdict before it.

use types::{LeaseId, Money, ProjectId, TokenId, UserId};

use super::entity::{Budget, HELD, Month, query};
use crate::{Error, Result, Tx};

/// What each budget that counts one launch has left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Lefts(Vec<Left>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Left {
    of: &'static str,
    name: String,
    micros: i64,
}

impl Lefts {
    /// Where no budget counts it.
    pub(crate) const fn unlimited() -> Self {
        Self(Vec::new())
    }

    /// Where the budget of one member does.
    #[cfg(test)]
    pub(crate) fn of_member(micros: i64) -> Self {
        Self(vec![Left { of: "member", name: "Amina".to_owned(), micros }])
    }

    /// The same once so much more is set aside.
    pub(crate) fn after(&self, micros: i64) -> Self {
        let after = |left: &Left| Left { micros: left.micros.saturating_sub(micros), ..left.clone() };
        Self(self.0.iter().map(after).collect())
    }

    /// Refuses to set `more` aside where one of them has less left.
    pub(crate) fn check(&self, more: Money) -> Result<()> {
        let Some(short) = self.0.iter().find(|left| more.micros > left.micros) else { return Ok(()) };
        let left = Money { micros: short.micros.max(0), ..more };
        Err(Error::BudgetExceeded { of: short.of, name: short.name.clone(), needed: more, left })
    }
}

/// Of the budgets that count a lease: whoever began it. They are locked with the purse.
pub(crate) async fn lefts_of_lease_in(tx: &Tx, lease: LeaseId) -> Result<Lefts> {
    let spender = "SELECT project_id, launched_by, token_id FROM lease WHERE organisation_id = $1 AND id = $2";
    lefts_in(tx, spender, [tx.organisation.into(), lease.into()]).await
}

/// Of those that would count what the transaction's principal launches in a project; read without locks.
pub(crate) async fn lefts_of_launch_in(tx: &Tx, project: ProjectId) -> Result<Lefts> {
    let spender = "SELECT $2::uuid AS project_id, $3::uuid AS launched_by, $4::uuid AS token_id";
    let values = [
        tx.organisation.into(),
        project.into(),
        tx.principal.user().map(UserId::uuid).into(),
        tx.principal.token().map(TokenId::uuid).into(),
    ];
    lefts_in(tx, spender, values).await
}

async fn lefts_in<const N: usize>(tx: &Tx, spender: &str, values: [sea_orm::Value; N]) -> Result<Lefts> {
    let sql = format!(
        "{} AND EXISTS (SELECT 1 FROM ({spender}) l
             WHERE counts(b.kind, b.subject, l.project_id, l.launched_by, l.token_id)) ORDER BY b.id",
        query(HELD)
    );
    let budgets: Vec<Budget> = tx.all(&sql, values).await?;
    if budgets.is_empty() {
        return Ok(Lefts::unlimited());
    }
    let month = Month::of_in(tx).await?;
    let left = |budget: Budget| {
        let (of, micros) = (budget.subject()?.kind(), budget.left_in(&month));
        Ok(Left { of, name: budget.name, micros })
    };
    budgets.into_iter().map(left).collect::<Result<Vec<_>>>().map(Lefts)
}
