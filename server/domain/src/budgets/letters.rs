//! What an organisation is told of its budgets: to those who manage them, and to the member whom one limits. Its own limit
//! is told to those who may move it.

use sea_orm::FromQueryResult;
use types::{BudgetSubject, LetterKind, Role};

use super::Budget;
use crate::{
    Result, Tx,
    access::{
        Permission,
        policy::{LimitSpending, ManageProjects},
    },
    mail::{self, Letter, NOTICE_S},
};

/// What happened to a budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    /// It reached its alert.
    Alert,
    /// It reached its ceiling, and so many instances were stopped.
    Ceiling(usize),
}

#[derive(FromQueryResult)]
struct Reader {
    email: String,
    name: String,
    locale: Option<String>,
    organisation: String,
    slug: String,
    currency: types::Currency,
}

/// Writes the letters.
pub(crate) async fn tell_in(tx: &Tx, budget: &Budget, told: Told) -> Result<()> {
    let member = match budget.subject()? {
        BudgetSubject::Member(member) => Some(member.uuid()),
        BudgetSubject::Organisation(_) | BudgetSubject::Project(_) | BudgetSubject::Token(_) => None,
    };
    let missing: fn(Option<Role>, &[types::StaffRole]) -> Option<&'static str> = match budget.subject()? {
        BudgetSubject::Organisation(_) => LimitSpending::missing,
        BudgetSubject::Project(_) | BudgetSubject::Member(_) | BudgetSubject::Token(_) => ManageProjects::missing,
    };
    let managers = Role::ALL.iter().filter(|role| missing(Some(**role), &[]).is_none());
    let managers: Vec<String> = managers.map(|role| role.word().to_owned()).collect();
    let sql = "SELECT p.email, p.name, p.locale, o.name AS organisation, o.slug, o.currency
               FROM member m JOIN person p ON p.id = m.user_id JOIN organisation o ON o.id = m.organisation_id
               WHERE m.organisation_id = $1 AND (m.role = ANY($2) OR m.user_id = $3) ORDER BY p.id LIMIT 100";
    let readers: Vec<Reader> = tx.all(sql, [tx.organisation.into(), managers.into(), member.into()]).await?;
    let (kind, amount, stopped) = match told {
        Told::Alert => (LetterKind::BudgetAlert, budget.alert, 0),
        Told::Ceiling(stopped) => (LetterKind::BudgetReached, budget.ceiling, stopped),
    };
    for reader in readers {
        let money = |micros: i64| format!("{micros} {}", reader.currency.word());
        let facts = [
            ("name", reader.name.clone()),
            ("organisation", reader.organisation.clone()),
            ("slug", reader.slug.clone()),
            ("of", budget.subject()?.kind().to_owned()),
            ("budget", budget.name.clone()),
            ("window", budget.span.word().to_owned()),
            ("amount", money(amount)),
            ("ceiling", money(budget.ceiling)),
            ("stopped", stopped.to_string()),
        ];
        let until = tx.now.plus_seconds(NOTICE_S);
        mail::post_in(tx, Letter::new(kind, (&reader.email, reader.locale.as_deref()), facts, until)).await?;
    }
    Ok(())
}
