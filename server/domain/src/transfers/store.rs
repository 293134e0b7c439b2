//! A bank's file becomes rows: looked at first, stored once, and booked line by line, each in a transaction of its own,
//! so that whatever stops half-way goes on where it was.

use std::collections::{BTreeMap, BTreeSet};

use payments::{Balance, Line, Statement};
use sea_orm::FromQueryResult;
use serde::Serialize;
use types::{
    BankLineId, Currency, LinePlan, MatchReason, MatchWord, PreviewedLine, PreviewedStatement, RefundId, StatementId,
    StatementPreview, StatementView, Timestamp, UploadStatement,
};
use uuid::Uuid;

use super::{
    accounts::Account,
    file::File,
    hub, inside,
    items::{self, Proposal},
    lines, micros, money, receive, sheet, statements, words,
};
use crate::{
    Database, Error, Open, Result, Tx,
    access::{Survey, policy::CloseBilling},
    audit::{self, Change},
    commands::{self, Command},
    ledger,
    refunds::{self, Pays},
};

/// What earlier lines have taken: their own identities, and the refunds that they pay.
struct Taken {
    identities: BTreeSet<String>,
    refunds: Vec<RefundId>,
}

/// What booking the file would do; nothing is stored.
///
/// # Errors
/// A refusal that names line, part and fault of a broken file; `Invalid` for one of an account that is not the hub's.
pub async fn preview_statement(
    db: &Database,
    survey: &Survey<CloseBilling>,
    ask: &UploadStatement,
    now: Timestamp,
) -> Result<StatementPreview> {
    let open = db.survey(survey, now).await?;
    let file = File::read(&open, ask).await?;
    let is_known = !imported(&open, &file.sha256).await?.is_empty();
    let mut previewed = Vec::with_capacity(file.statements.len());
    let mut taken = Taken { identities: known(&open, &file).await?, refunds: Vec::new() };
    for (account, statement) in &file.statements {
        let proposals = items::proposals(&open, statement.currency, &statement.lines).await?;
        let paying = refunds::paid_by(&open, &statement.lines).await?;
        previewed.push(preview_of(account, statement, (&proposals[..], paying), &mut taken)?);
    }
    Ok(StatementPreview { statements: previewed, mapping: file.mapping, is_known })
}

fn preview_of(
    account: &Account,
    statement: &Statement,
    (proposals, paying): (&[Proposal], Vec<Option<Pays>>),
    taken: &mut Taken,
) -> Result<PreviewedStatement> {
    let currency = statement.currency;
    let (mut credited, mut waiting) = (0, 0);
    let mut lines = Vec::with_capacity(statement.lines.len());
    for ((line, proposal), pays) in statement.lines.iter().zip(proposals).zip(paying) {
        // What the file itself brings twice is known the second time.
        let is_known = !taken.identities.insert(line.identity.clone());
        // And a refund is paid by the first of its lines.
        let pays = pays.filter(|pays| !is_known && !taken.refunds.contains(&pays.refund));
        taken.refunds.extend(pays.as_ref().map(|pays| pays.refund));
        let plan = if pays.is_some() { LinePlan::Refund } else { plan(line, proposal, is_known) };
        match plan {
            LinePlan::Credit => credited += line.amount,
            LinePlan::Wait => waiting += line.amount,
            LinePlan::Known | LinePlan::Keep | LinePlan::Refund => {}
        }
        lines.push(PreviewedLine {
            place: u32::try_from(line.row).unwrap_or(u32::MAX),
            booked_on: line.booked_on,
            amount: money(line.amount, currency)?,
            payer_name: line.payer_name.clone(),
            payer_account: line.payer_account.clone(),
            remittance: line.remittance.clone(),
            plan,
            class: proposal.class,
            score: proposal.score,
            reasons: proposal.reasons.clone(),
            transfer: proposal.target.as_ref().and_then(|target| target.transfer),
            refund: pays.as_ref().map(|pays| pays.refund),
            organisation: match pays {
                Some(pays) => Some(pays.organisation),
                None => proposal.target.as_ref().map(|target| target.organisation.clone()),
            },
        });
    }
    let balance = |balance: &Option<Balance>| balance.map(|balance| money(balance.amount, currency)).transpose();
    Ok(PreviewedStatement {
        account: account.view()?,
        opening: balance(&statement.opening)?,
        closing: balance(&statement.closing)?,
        credited: money(credited, currency)?,
        waiting: money(waiting, currency)?,
        lines,
    })
}

fn plan(line: &Line, proposal: &Proposal, is_known: bool) -> LinePlan {
    if is_known {
        LinePlan::Known
    } else if line.amount <= 0 {
        LinePlan::Keep
    } else if proposal.sure().is_some() {
        LinePlan::Credit
    } else {
        LinePlan::Wait
    }
}

/// Stores a bank's file once and books what of it is not booked: the same file twice books nothing twice.
///
/// # Errors
/// Those of [`preview_statement`].
pub async fn import_statement(
    db: &Database,
    survey: &Survey<CloseBilling>,
    ask: &UploadStatement,
    command: Command,
    now: Timestamp,
) -> Result<Vec<StatementView>> {
    let open = db.survey(survey, now).await?;
    let file = File::read(&open, ask).await?;
    let hub = hub(&open).await?;
    drop(open);
    let tx = inside(db, survey, hub, now).await?;
    let ids = commands::once(tx, command, async |tx: &Tx| store_in(tx, &file, ask).await).await?;
    let mut views = Vec::with_capacity(ids.len());
    for (place, id) in ids.into_iter().enumerate() {
        views.push(match book_statement(db, survey, id, now).await {
            // A rehearsal has taken back what it stored: its answer is what the preview says.
            Err(Error::NotFound) => rehearsed(&preview_statement(db, survey, ask, now).await?, place, id, ask, now)?,
            booked => booked?,
        });
    }
    Ok(views)
}

/// A statement as it would be, by its place in the file.
fn rehearsed(
    preview: &StatementPreview,
    place: usize,
    id: StatementId,
    ask: &UploadStatement,
    now: Timestamp,
) -> Result<StatementView> {
    let statement = preview.statements.get(place).ok_or(Error::NotFound)?;
    let n = |wanted: fn(LinePlan) -> bool| {
        let n = statement.lines.iter().filter(|line| wanted(line.plan)).count();
        u32::try_from(n).unwrap_or(u32::MAX)
    };
    let days = statement.lines.iter().map(|line| line.booked_on);
    Ok(StatementView {
        id,
        iban: statement.account.iban.clone(),
        file_name: ask.file_name.trim().to_owned(),
        format: ask.format,
        from_on: days.clone().min(),
        to_on: days.max(),
        opening: statement.opening,
        closing: statement.closing,
        n_lines: n(|plan| plan != LinePlan::Known),
        n_known: n(|plan| plan == LinePlan::Known),
        n_new: 0,
        n_unmatched: n(|plan| plan == LinePlan::Wait),
        credited: statement.credited,
        waiting: statement.waiting,
        imported_by: None,
        imported_at: now,
    })
}

/// Books what of a statement is stored and not booked yet, each line in a transaction of its own.
///
/// # Errors
/// `NotFound` for one that was never imported.
pub async fn book_statement(
    db: &Database,
    survey: &Survey<CloseBilling>,
    id: StatementId,
    now: Timestamp,
) -> Result<StatementView> {
    let open = db.survey(survey, now).await?;
    let currency = statements::view(&open, id).await?.credited.currency;
    let rows = lines::new_of(&open, id).await?;
    let new: Vec<Line> = rows.iter().map(lines::Row::line).collect::<Result<_>>()?;
    let proposals = if new.is_empty() { Vec::new() } else { items::proposals(&open, currency, &new).await? };
    let hub = hub(&open).await?;
    drop(open);
    for ((row, line), proposal) in rows.iter().zip(&new).zip(&proposals) {
        if let Some(target) = proposal.sure() {
            let tx = inside(db, survey, target.organisation.id, now).await?;
            if receive::by_reference_in(&tx, row.id, line, target).await? {
                tx.commit().await?;
                continue;
            }
        }
        let tx = inside(db, survey, hub, now).await?;
        wait_in(&tx, row.id, proposal).await?;
        tx.commit().await?;
    }
    refunds::pay_by_statement(db, survey, id, now).await?;
    statements::view(&db.survey(survey, now).await?, id).await
}

#[derive(FromQueryResult)]
struct Waits {
    amount: i64,
    currency: Currency,
    turn: i32,
}

/// Books a new line among what is unmatched; nothing where somebody has decided it meanwhile. Inside the hub.
async fn wait_in(tx: &Tx, id: BankLineId, proposal: &Proposal) -> Result<()> {
    let sql = "UPDATE bank_line l SET state = 'unmatched', reasons = $3, score = $4, turn = l.turn + 1, decided_at = $5
               FROM receiving_account a
               WHERE l.organisation_id = $1 AND l.id = $2 AND l.state = 'new' AND a.id = l.account_id
               RETURNING l.amount, a.currency, l.turn";
    let reasons = words::as_json(&proposal.reasons)?;
    let score = i16::from(proposal.score);
    let values = [tx.organisation.into(), id.into(), reasons.into(), score.into(), tx.now.into()];
    let waits: Option<Waits> = tx.one(sql, values).await?;
    let Some(Waits { amount, currency, turn }) = waits else { return Ok(()) };
    let key = unmatched_key(id, turn);
    ledger::keep_unmatched_in(tx, currency.word(), micros(amount)?, &key).await
}

/// What a line's entry among what is unmatched is booked once by.
pub(super) fn unmatched_key(id: BankLineId, turn: i32) -> String {
    format!("unmatched:{id}:{turn}")
}

#[derive(FromQueryResult)]
struct Imported {
    id: StatementId,
}

/// The statements of a file that was imported before.
async fn imported(open: &Open, sha256: &[u8]) -> Result<Vec<Imported>> {
    let sql = "SELECT id FROM bank_statement WHERE file_sha256 = $1 ORDER BY place";
    open.all(sql, [sha256.to_vec().into()]).await
}

#[derive(FromQueryResult)]
struct Known {
    identity: String,
}

/// Which lines of the file earlier statements brought.
async fn known(open: &Open, file: &File) -> Result<BTreeSet<String>> {
    let lines = file.statements.iter().flat_map(|(_, statement)| &statement.lines);
    let identities: Vec<String> = lines.map(|line| line.identity.clone()).collect();
    let sql = "SELECT identity FROM bank_line WHERE identity = ANY($1)";
    let rows: Vec<Known> = open.all(sql, [identities.into()]).await?;
    Ok(rows.into_iter().map(|row| row.identity).collect())
}

/// A line as the database takes it.
#[derive(Serialize)]
struct Stored<'a> {
    id: Uuid,
    identity: &'a str,
    place: usize,
    booked_on: String,
    value_on: String,
    amount: i64,
    payer_name: Option<&'a str>,
    payer_account: Option<&'a str>,
    remittance: &'a str,
    bank_reference: Option<&'a str>,
}

/// Stores the statements of a file that was never imported; else says which they are. One file after the other.
async fn store_in(tx: &Tx, file: &File, ask: &UploadStatement) -> Result<Vec<StatementId>> {
    tx.run("SELECT pg_advisory_xact_lock(hashtext('bank_statement'))", []).await?;
    let before = imported(tx, &file.sha256).await?;
    if !before.is_empty() {
        return Ok(before.into_iter().map(|row| row.id).collect());
    }
    let mut known = known(tx, file).await?;
    let mut ids = Vec::with_capacity(file.statements.len());
    for (place, (account, statement)) in file.statements.iter().enumerate() {
        let new = statement.lines.iter().filter(|line| known.insert(line.identity.clone()));
        let new: Vec<Stored<'_>> = new.map(|line| stored(line, tx.now)).collect();
        let id = insert_in(tx, (file, place), (account, statement), &new, ask).await?;
        if let Some(mapping) = &file.mapping {
            sheet::remember_in(tx, account, mapping).await?;
        }
        let after = BTreeMap::from([("lines", statement.lines.len()), ("new", new.len())]);
        let subject = id.to_string();
        let change = Change { verb: "bank.statement_imported", subject, before: None::<()>, after: Some(after) };
        audit::record_in(tx, change).await?;
        ids.push(id);
    }
    Ok(ids)
}

fn stored(line: &Line, now: Timestamp) -> Stored<'_> {
    Stored {
        id: types::new_uuid(now),
        identity: &line.identity,
        place: line.row,
        booked_on: line.booked_on.to_string(),
        value_on: line.value_on.to_string(),
        amount: line.amount,
        payer_name: line.payer_name.as_deref(),
        payer_account: line.payer_account.as_deref(),
        remittance: &line.remittance,
        bank_reference: line.reference.as_deref(),
    }
}

async fn insert_in(
    tx: &Tx,
    (file, place): (&File, usize),
    (account, statement): (&Account, &Statement),
    new: &[Stored<'_>],
    ask: &UploadStatement,
) -> Result<StatementId> {
    let id = StatementId::new(tx.now);
    let number =
        |number: usize| i32::try_from(number).map_err(|_| Error::Corrupt("a file beyond all bounds".to_owned()));
    let days = statement.lines.iter().map(|line| line.booked_on);
    let (from_on, to_on) = (days.clone().min(), days.max());
    let sql = "INSERT INTO bank_statement (organisation_id, id, account_id, file_sha256, place, file_name, format,
                   from_on, to_on, opening, closing, n_lines, n_known, imported_by, imported_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8::text::date, $9::text::date, $10, $11, $12, $13, $14, $15)";
    let values = [
        tx.organisation.into(),
        id.into(),
        account.id.into(),
        file.sha256.clone().into(),
        number(place)?.into(),
        ask.file_name.trim().into(),
        ask.format.word().into(),
        from_on.map(|day| day.to_string()).into(),
        to_on.map(|day| day.to_string()).into(),
        statement.opening.map(|balance| balance.amount).into(),
        statement.closing.map(|balance| balance.amount).into(),
        number(new.len())?.into(),
        number(statement.lines.len() - new.len())?.into(),
        tx.principal.user().into(),
        tx.now.into(),
    ];
    tx.run(sql, values).await?;
    let sql = "INSERT INTO bank_line (organisation_id, id, statement_id, account_id, identity, place, booked_on,
                   value_on, amount, payer_name, payer_account, remittance, bank_reference, state, reasons)
               SELECT $1, l.id, $2, $3, l.identity, l.place, l.booked_on, l.value_on, l.amount, l.payer_name,
                      l.payer_account, l.remittance, l.bank_reference,
                      CASE WHEN l.amount > 0 THEN 'new' ELSE 'outgoing' END,
                      CASE WHEN l.amount > 0 THEN '[]'::jsonb ELSE $5 END
               FROM jsonb_to_recordset($4) AS l (id uuid, identity text, place integer, booked_on date, value_on date,
                   amount bigint, payer_name text, payer_account text, remittance text, bank_reference text)";
    let rows = serde_json::to_value(new).map_err(|error| Error::Corrupt(format!("lines: {error}")))?;
    let outgoing = words::as_json(&[MatchReason { word: MatchWord::NotIncoming, about: None }])?;
    tx.run(sql, [tx.organisation.into(), id.into(), account.id.into(), rows.into(), outgoing.into()]).await?;
    Ok(id)
}
