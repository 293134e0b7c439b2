//! API tokens: a member's own, with the role that the member has at each request, and service accounts' of an
//! organisation, with a role of their own. Each has a budget where it can spend, an end, and a reach.

mod entity;
mod rules;
mod running;

use types::{
    BudgetSubject, BudgetWindow, List, MakeToken, NewTokenView, Role, SetBudget, Timestamp, TokenId, TokenView,
};

pub(crate) use self::running::{Running, running_in};
use crate::{
    Database, Error, Result, Tx,
    access::{
        Recent, Scope, hashed,
        policy::{HoldTokens, ManageTokens},
        secret,
    },
    audit,
    budgets::{self, Month},
    commands::{Command, once},
    organisations,
};

/// As many may an organisation have at once.
const MOST_TOKENS: i64 = 500;

/// The member's own tokens that open something, the latest first.
///
/// # Errors
/// `NotFound` when the proof is of another organisation.
pub async fn list_own_tokens_in(tx: &Tx, scope: &Scope<HoldTokens>) -> Result<List<TokenView>> {
    tx.admits(scope)?;
    entity::list_in(tx, tx.principal.user()).await
}

/// All tokens of the organisation that open something, the latest first.
///
/// # Errors
/// `NotFound` when the proof is of another organisation.
pub async fn list_tokens_in(tx: &Tx, scope: &Scope<ManageTokens>) -> Result<List<TokenView>> {
    tx.admits(scope)?;
    entity::list_in(tx, None).await
}

/// Makes a token of the member's own. Its secret is told in this answer and never again.
///
/// # Errors
/// `Invalid` for a field that cannot be, a service account's role among them; `Forbidden` for a permission that the
/// member's role lacks; a conflict for more than 500 tokens, for a project that is closed, and where the command was
/// given before.
pub async fn make_own_token(
    db: &Database,
    scope: &Scope<HoldTokens>,
    _: Recent,
    (ask, command): (MakeToken, Command),
    now: Timestamp,
) -> Result<NewTokenView> {
    let tx = db.begin(scope, now).await?;
    let role = organisations::own_role_in(&tx).await?;
    rules::check_own(&ask)?;
    make_in(tx, ask, role, command).await
}

/// Makes a token of a service account, which outlives its maker's membership.
///
/// # Errors
/// As for a member's own; `Invalid` for a role that is missing or the owner's.
pub async fn make_service_token(
    db: &Database,
    scope: &Scope<ManageTokens>,
    _: Recent,
    (ask, command): (MakeToken, Command),
    now: Timestamp,
) -> Result<NewTokenView> {
    let tx = db.begin(scope, now).await?;
    let role = rules::role_of_service(&ask)?;
    make_in(tx, ask, role, command).await
}

/// The secret is not stored with the command: who gives it again gets a refusal and not another secret.
async fn make_in(tx: Tx, ask: MakeToken, role: Role, command: Command) -> Result<NewTokenView> {
    let currency = organisations::buyer_in(&tx).await?.currency;
    let ask = rules::checked(ask, role, currency)?;
    let (id, secret) = (TokenId::new(tx.now), secret::fresh()?);
    let token = once(tx, command, async |tx: &Tx| write_in(tx, id, &secret, &ask).await).await?;
    if token.id == id { Ok(NewTokenView { token, secret }) } else { Err(Error::Conflict("token-made-before")) }
}

async fn write_in(tx: &Tx, id: TokenId, secret: &str, ask: &MakeToken) -> Result<TokenView> {
    entity::check_reach_in(tx, ask).await?;
    if entity::count_in(tx).await? >= MOST_TOKENS {
        return Err(Error::Conflict("tokens-many"));
    }
    entity::insert_in(tx, id, &hashed(secret), ask).await?;
    if let Some(ceiling) = ask.ceiling {
        let window = ask.window.unwrap_or(BudgetWindow::Month);
        let budget = SetBudget { subject: BudgetSubject::Token(id), window, ceiling, alert: None };
        budgets::insert_in(tx, &budget, &Month::of_in(tx).await?).await?;
    }
    let token = entity::find_in(tx, id).await?.ok_or(Error::NotFound)?;
    let change = audit::Change { verb: "token.made", subject: id.to_string(), before: None::<()>, after: Some(&token) };
    audit::record_in(tx, change).await?;
    Ok(token)
}

/// Revokes one of the member's own tokens: it opens nothing from now on. What it launched runs on.
///
/// # Errors
/// `NotFound` for a token that is not theirs, or revoked.
pub async fn revoke_own_token(db: &Database, scope: &Scope<HoldTokens>, id: TokenId, now: Timestamp) -> Result<()> {
    let tx = db.begin(scope, now).await?;
    let user = tx.principal.user();
    revoke_in(tx, id, user).await
}

/// Revokes any token of the organisation.
///
/// # Errors
/// `NotFound` for another organisation's token, or one that is revoked.
pub async fn revoke_token(db: &Database, scope: &Scope<ManageTokens>, id: TokenId, now: Timestamp) -> Result<()> {
    let tx = db.begin(scope, now).await?;
    revoke_in(tx, id, None).await
}

async fn revoke_in(tx: Tx, id: TokenId, of: Option<types::UserId>) -> Result<()> {
    let before = entity::find_in(&tx, id).await?.ok_or(Error::NotFound)?;
    if !entity::revoke_in(&tx, id, of).await? {
        return Err(Error::NotFound);
    }
    let change =
        audit::Change { verb: "token.revoked", subject: id.to_string(), before: Some(&before), after: None::<()> };
    audit::record_in(&tx, change).await?;
    tx.commit().await
}
