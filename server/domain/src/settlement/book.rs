//! Booking a settlement: who paid which piece, one entry, the rated items, and lots that ran out with their time.

use std::collections::BTreeMap;

use sea_orm::Value;
use serde::Serialize;
use types::{EntryKind, LotKind, Timestamp};
use uuid::Uuid;

use super::pieces::Piece;
use crate::{
    Result, Tx,
    billing::Calendar,
    database::instants,
    ledger::{self, Burnt, House, Lot, Posting, Purse, Unit, burn},
};

/// A row of `settlement`: what it rated of one month.
struct Part {
    id: Uuid,
    rated_to: Timestamp,
}

/// A row of `rated_item`.
struct Item {
    id: Uuid,
    settlement_id: Uuid,
    interval_id: Uuid,
    lease_id: Uuid,
    price_id: Uuid,
    tax_rule_id: Uuid,
    started_at: Timestamp,
    ended_at: Timestamp,
    seconds_before: i64,
    net: i64,
    gross: i64,
}

/// A use of a lot, and by which item.
#[derive(Serialize)]
struct Use {
    id: Uuid,
    lot_id: Uuid,
    rated_item_id: Option<Uuid>,
    amount: i64,
    net: i64,
    gross: i64,
}

/// Lets lots and wallet pay for the pieces in their order, and books it; `purse` is whole and loses what they pay.
pub(super) async fn book_settlement_in(
    tx: &Tx,
    calendar: &Calendar,
    purse: &mut Purse,
    pieces: &[Piece],
    (from, through): (Timestamp, Timestamp),
) -> Result<()> {
    let burnt: Vec<Burnt> = pieces.iter().map(|piece| burn(&mut purse.lots, &piece.slice)).collect();
    let (mut parts, mut items) = (BTreeMap::new(), Vec::with_capacity(pieces.len()));
    for piece in pieces {
        let part = parts.entry(month(calendar, piece)?).or_insert_with(|| Part::of(tx.now, piece.to));
        part.rated_to = part.rated_to.max(piece.to);
        items.push(Item::of(tx.now, part, piece));
    }
    if parts.is_empty() {
        parts.insert(through, Part::of(tx.now, through));
    }
    let parts: Vec<Part> = parts.into_values().collect();
    let entry = match stretch(pieces) {
        Some(stretch) => Some(book_in(tx, purse, &burnt, from, stretch).await?),
        None => None,
    };
    write_settlement(tx, (from, through), entry, &parts, &items).await?;
    let Some(entry) = entry else { return Ok(()) };
    write_uses(tx, entry, "burn", &uses(tx.now, &purse.lots, &burnt, &items)).await
}

/// The month that a piece lies in: no period ends inside one.
fn month(calendar: &Calendar, piece: &Piece) -> Result<Timestamp> {
    calendar.month_start(piece.from)
}

/// The first second that is rated, and the one after the last; nothing where there is none.
fn stretch(pieces: &[Piece]) -> Option<(Timestamp, Timestamp)> {
    Some((pieces.iter().map(|piece| piece.from).min()?, pieces.iter().map(|piece| piece.to).max()?))
}

async fn book_in(
    tx: &Tx,
    purse: &mut Purse,
    burnt: &[Burnt],
    from: Timestamp,
    (first, last): (Timestamp, Timestamp),
) -> Result<Uuid> {
    let postings = postings(purse, burnt)?;
    let key = format!("settlement:{}:{from}", tx.organisation);
    // Which usage it is of: seconds that were explained late lie before the settlement.
    let memo = serde_json::json!({ "from": first, "through": last });
    ledger::book_in(tx, &key, EntryKind::Settlement, memo, &postings).await
}

/// Gross from wallet, funders and receivable; net to `accrued`, the rest to `accrued_tax`; gifts pay nothing to either.
fn postings(purse: &mut Purse, burnt: &[Burnt]) -> Result<Vec<Posting>> {
    let unit = purse.currency.word();
    let house = |house, amount| Posting::house(house, unit, amount);
    let (mut net, mut gross): (i64, i64) = (burnt.iter().map(|b| b.net).sum(), burnt.iter().map(|b| b.gross).sum());
    let taken = purse.take(gross);
    let mut postings = vec![Posting::own(purse.wallet()?, -taken), house(House::Receivable, taken - gross)];
    for (place, lot) in purse.lots.iter().enumerate() {
        let paid = Paid::by(place, burnt);
        if paid.amount == 0 {
            continue;
        }
        postings.push(Posting::own(lot.account, -paid.amount));
        postings.extend(match (lot.unit, lot.kind) {
            (Unit::GpuSeconds(_), _) => Some(Posting::house(House::Counterpart, &lot.unit_word, paid.amount)),
            // A gift is an allowance, neither revenue nor tax: it goes back to what was set aside for gifts.
            (Unit::Micros, LotKind::Promo) => Some(house(House::Promo, paid.amount)),
            // A funder's money becomes what is accrued.
            (Unit::Micros, LotKind::Sponsored) => None,
        });
        if lot.kind == LotKind::Sponsored {
            (net, gross) = (net + paid.net, gross + paid.gross);
        }
        if (lot.kind, lot.unit != Unit::Micros) == (LotKind::Sponsored, true) {
            postings.push(house(House::Sponsor, -paid.gross));
        }
    }
    postings.extend([house(House::Accrued, net), house(House::AccruedTax, gross - net)]);
    Ok(postings)
}

/// What a lot paid of all pieces together.
#[derive(Default)]
struct Paid {
    amount: i64,
    net: i64,
    gross: i64,
}

impl Paid {
    fn by(place: usize, burnt: &[Burnt]) -> Self {
        let takes = burnt.iter().flat_map(|burnt| &burnt.takes).filter(|take| take.place == place);
        takes.fold(Self::default(), |sum, take| Self {
            amount: sum.amount + take.amount,
            net: sum.net + take.net,
            gross: sum.gross + take.gross,
        })
    }
}

impl Part {
    fn of(now: Timestamp, rated_to: Timestamp) -> Self {
        Self { id: types::new_uuid(now), rated_to }
    }
}

impl Item {
    fn of(now: Timestamp, part: &Part, piece: &Piece) -> Self {
        Self {
            id: types::new_uuid(now),
            settlement_id: part.id,
            interval_id: piece.interval.uuid(),
            lease_id: piece.lease.uuid(),
            price_id: piece.price.uuid(),
            tax_rule_id: piece.tax_rule.uuid(),
            started_at: piece.from,
            ended_at: piece.to,
            seconds_before: piece.seconds_before,
            net: piece.slice.net,
            gross: piece.slice.gross,
        }
    }
}

fn uses(now: Timestamp, lots: &[Lot], burnt: &[Burnt], items: &[Item]) -> Vec<Use> {
    let of_item = |(burnt, item): (&Burnt, &Item)| {
        let of_take = |take: &ledger::Take| Use {
            id: types::new_uuid(now),
            lot_id: lots[take.place].id.uuid(),
            rated_item_id: Some(item.id),
            amount: take.amount,
            net: take.net,
            gross: take.gross,
        };
        burnt.takes.iter().map(of_take).collect::<Vec<_>>()
    };
    burnt.iter().zip(items).flat_map(of_item).collect()
}

async fn write_settlement(
    tx: &Tx,
    (from, through): (Timestamp, Timestamp),
    entry: Option<Uuid>,
    parts: &[Part],
    items: &[Item],
) -> Result<()> {
    let sql = "WITH settlement AS (
                   INSERT INTO settlement (organisation_id, id, settled_from, settled_through, part, rated_to, entry_id, at)
                   SELECT $1, p.id, $3, $4, p.part - 1, p.rated_to, $5, $6
                   FROM unnest($2::uuid[], $17::timestamptz[]) WITH ORDINALITY AS p(id, rated_to, part))
               INSERT INTO rated_item (organisation_id, id, settlement_id, interval_id, lease_id, price_id, tax_rule_id,
                   started_at, ended_at, seconds_before, net, gross)
               SELECT $1, t.id, t.settlement_id, t.interval_id, t.lease_id, t.price_id, t.tax_rule_id, t.started_at, t.ended_at,
                   t.seconds_before, t.net, t.gross
               FROM unnest($7::uuid[], $8::uuid[], $9::uuid[], $10::uuid[], $11::uuid[], $12::timestamptz[],
                   $13::timestamptz[], $14::bigint[], $15::bigint[], $16::bigint[], $18::uuid[])
                   AS t(id, interval_id, lease_id, price_id, tax_rule_id, started_at, ended_at, seconds_before, net, gross,
                       settlement_id)";
    // A column as one array: a month of many intervals is read much faster than as a document.
    let ids = |of: fn(&Item) -> Uuid| -> Value { items.iter().map(of).collect::<Vec<Uuid>>().into() };
    let numbers = |of: fn(&Item) -> i64| -> Value { items.iter().map(of).collect::<Vec<i64>>().into() };
    let edges = |of: fn(&Item) -> Timestamp| -> Value { instants(items.iter().map(of)) };
    let values: [Value; 18] = [
        tx.organisation.into(),
        parts.iter().map(|part| part.id).collect::<Vec<Uuid>>().into(),
        from.into(),
        through.into(),
        entry.into(),
        tx.now.into(),
        ids(|item| item.id),
        ids(|item| item.interval_id),
        ids(|item| item.lease_id),
        ids(|item| item.price_id),
        ids(|item| item.tax_rule_id),
        edges(|item| item.started_at),
        edges(|item| item.ended_at),
        numbers(|item| item.seconds_before),
        numbers(|item| item.net),
        numbers(|item| item.gross),
        instants(parts.iter().map(|part| part.rated_to)),
        ids(|item| item.settlement_id),
    ];
    tx.run(sql, values).await.map(drop)
}

/// Writes what lots gave, and adds it to what they gave before.
async fn write_uses(tx: &Tx, entry: Uuid, kind: &str, uses: &[Use]) -> Result<()> {
    if uses.is_empty() {
        return Ok(());
    }
    let column = if kind == "burn" { "used" } else { "expired" };
    let sql = format!(
        "WITH used AS (
             SELECT * FROM jsonb_to_recordset($4)
                 AS t(id uuid, lot_id uuid, rated_item_id uuid, amount bigint, net bigint, gross bigint)),
         written AS (
             INSERT INTO lot_use (organisation_id, id, lot_id, rated_item_id, entry_id, kind, amount, net, gross, at)
             SELECT $1, id, lot_id, rated_item_id, $2, $3, amount, net, gross, $5 FROM used)
         UPDATE lot SET {column} = {column} + t.amount
         FROM (SELECT lot_id, sum(amount)::bigint AS amount FROM used GROUP BY lot_id) t
         WHERE lot.organisation_id = $1 AND lot.id = t.lot_id"
    );
    let rows = ledger::as_json(&uses)?;
    tx.run(&sql, [tx.organisation.into(), entry.into(), kind.into(), rows.into(), tx.now.into()]).await.map(drop)
}

/// Books what is left of every lot whose time was over at `through`: all usage of its time that is known is paid.
pub(super) async fn book_expiries_in(tx: &Tx, purse: &mut Purse, through: Timestamp) -> Result<()> {
    for lot in &mut purse.lots {
        let over = lot.expires_at.is_some_and(|end| end <= through);
        if !over || lot.left == 0 {
            continue;
        }
        let left = std::mem::take(&mut lot.left);
        let breakage = Posting::house(House::Breakage, &lot.unit_word, left);
        let postings = [Posting::own(lot.account, -left), breakage];
        let memo = serde_json::json!({ "note": lot.name });
        // What a credit note gives back to a lot whose time is over runs out once more.
        let key = format!("expiry:{}:{through}", lot.id);
        let entry = ledger::book_in(tx, &key, EntryKind::Expiry, memo, &postings).await?;
        let id = types::new_uuid(tx.now);
        let expired = Use { id, lot_id: lot.id.uuid(), rated_item_id: None, amount: left, net: 0, gross: 0 };
        write_uses(tx, entry, "expire", &[expired]).await?;
    }
    Ok(())
}
