//! The hub's books as finance and the auditor read them, held against the postings themselves: after random histories of
//! many organisations, at the end of several days.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use domain::{
    Error, Open, Rule,
    access::{Survey, policy::ReadInvoices},
    books::{ageing, list_account_organisations, list_journal, revenue, trial_balance},
};
use jiff::{
    civil::{Date, date},
    tz::TimeZone,
};
use serde_json::Value;
use types::{
    AccountBalance, AccountKind, AgeingBuckets, Amount, AskBooks, AskJournal, CreditLine, Currency, Cursor,
    JournalEntry, LotKind, Money, OrganisationId, RevenueMonth, Timestamp, TrialBalance,
};

use crate::invoiced::{Books, at};
use crate::world::{
    World,
    dice::{Dice, cases},
};

/// When the books are read: three months after the last of it.
const NOW: &str = "2027-02-01T12:00:00Z";
const DAYS: [Option<Date>; 6] = [
    Some(date(2026, 9, 30)),
    Some(date(2026, 10, 10)),
    Some(date(2026, 10, 31)),
    Some(date(2026, 11, 3)),
    Some(date(2027, 1, 10)),
    None,
];

/// The auditor at their desk.
struct Desk {
    open: Open,
    survey: Survey<ReadInvoices>,
}

impl Desk {
    async fn of(world: &World) -> Self {
        let survey = world.survey::<ReadInvoices>("auditor").await;
        Self { open: world.db.survey(&survey, at(NOW)).await.unwrap(), survey }
    }

    async fn balance(&self, day: Option<Date>) -> TrialBalance {
        trial_balance(&self.open, &self.survey, &dirhams(day)).await.unwrap()
    }

    async fn journal(&self, ask: AskJournal) -> Vec<JournalEntry> {
        let (mut page, mut entries) = (Cursor { cursor: None, limit: Some(7) }, Vec::new());
        loop {
            let list = list_journal(&self.open, &self.survey, &ask, &page).await.unwrap();
            entries.extend(list.items);
            page.cursor = list.next_cursor;
            if page.cursor.is_none() {
                return entries;
            }
        }
    }
}

fn dirhams(day: Option<Date>) -> AskBooks {
    AskBooks { currency: Some(Currency::Mad), day }
}

/// October of an organisation with money, lots, usage and debts, settled at random instants; its invoice, credited or
/// not, and what was paid in November.
async fn live(books: &Books, dice: &mut Dice) {
    let mut now = at("2026-10-01T01:00:00Z");
    if dice.roll(3) == 0 {
        let sql = "UPDATE organisation SET credit_limit_micros = $2 WHERE id = $1";
        books.world.run(sql, [books.tenant.id.into(), (1 + dice.roll(2_000_000_000)).into()]).await;
    }
    for kind in [LotKind::Promo, LotKind::Sponsored] {
        if dice.roll(2) == 0 {
            let amount = match dice.roll(2) {
                0 => Amount::Money(books.money(1 + dice.roll(300_000_000))),
                _ => Amount::GpuSeconds { flavour: books.world.h100, seconds: 1 + dice.roll(40_000) },
            };
            books.give(books.lot(kind, amount), &now.to_string()).await;
        }
    }
    for _ in 0..=dice.roll(3) {
        let from = now.plus_seconds(dice.roll(29 * 86_400));
        let to = from.plus_seconds(1 + dice.roll(100_000)).min(at("2026-10-31T22:00:00Z"));
        books.usage(i32::try_from(1 + dice.roll(4)).unwrap(), &from.to_string(), &to.to_string()).await;
    }
    books.world.observe(at("2026-11-02T00:00:00Z")).await;
    for _ in 0..dice.roll(5) {
        now = now.plus_seconds(1 + dice.roll(6 * 86_400));
        match dice.roll(2) {
            0 => books.top_up(1 + dice.roll(400_000_000), &now.to_string()).await,
            _ => books.settle(&now.to_string()).await,
        }
    }
    let invoice = books.closed().await.invoice.id;
    if dice.roll(4) > 0 {
        books.finalise(invoice, "2026-11-02T09:00:00Z").await.unwrap();
        if dice.roll(2) == 0 && books.credits(invoice).await.is_open {
            // A cent of it, or all.
            let part = CreditLine { line: 1, amount: Some(books.money(10_000)), unit_seconds: None };
            let parts = if dice.roll(2) == 0 { vec![part] } else { Vec::new() };
            books.credit(invoice, &parts, "2026-11-03T09:00:00Z").await.unwrap();
        }
    }
    if dice.roll(2) == 0 {
        books.top_up(1 + dice.roll(2_000_000_000), "2026-11-05T09:00:00Z").await;
    }
}

/// So many organisations after their histories.
async fn lived(n: usize) -> Books {
    let books = Books::open().await;
    for (case, mut dice) in cases().take(n) {
        live(&books.another(case.word("kept")).await, &mut dice).await;
    }
    books.world.assert_balanced().await;
    books
}

/// A posting as the table has it.
struct Posted {
    organisation: String,
    kind: String,
    at: i64,
    amount: i64,
}

/// All postings in dirhams before an instant, in the order of booking.
async fn posted(world: &World, before: Timestamp) -> Vec<Posted> {
    let sql = format!(
        "SELECT p.organisation_id AS organisation, a.kind, extract(epoch FROM e.booked_at)::bigint AS at, p.amount
         FROM posting p JOIN account a ON a.id = p.account_id JOIN journal_entry e ON e.id = p.entry_id
         WHERE a.unit = 'MAD' AND e.booked_at < '{before}' ORDER BY e.booked_at, e.id, p.line"
    );
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let row = |row: &Value| Posted {
        organisation: text(&row["organisation"]),
        kind: text(&row["kind"]),
        at: row["at"].as_i64().unwrap(),
        amount: row["amount"].as_i64().unwrap(),
    };
    world.database().rows(&sql).await.unwrap().iter().map(row).collect()
}

/// Debit and credit of each kind.
fn sides(posted: &[Posted]) -> BTreeMap<String, (i64, i64)> {
    let mut sides = BTreeMap::<String, (i64, i64)>::new();
    for posting in posted {
        let (debit, credit) = sides.entry(posting.kind.clone()).or_default();
        *debit += (-posting.amount).max(0);
        *credit += posting.amount.max(0);
    }
    sides
}

/// What each organisation has not paid, by age, where each payment in turn pays the oldest debt.
fn unpaid(posted: &[Posted], until: Timestamp) -> BTreeMap<String, [i64; 4]> {
    let mut accounts = BTreeMap::<(&str, &str), (VecDeque<(i64, i64)>, i64)>::new();
    for posting in posted.iter().filter(|posting| ["wallet", "receivable"].contains(&posting.kind.as_str())) {
        let (debts, ahead) = accounts.entry((posting.organisation.as_str(), posting.kind.as_str())).or_default();
        if posting.amount < 0 {
            debts.push_back((posting.at, -posting.amount));
        } else {
            *ahead += posting.amount;
        }
        while let Some((_, debt)) = debts.front_mut().filter(|_| *ahead > 0) {
            let paid = (*debt).min(*ahead);
            (*debt, *ahead) = (*debt - paid, *ahead - paid);
            if *debt == 0 {
                debts.pop_front();
            }
        }
    }
    let mut ages = BTreeMap::<String, [i64; 4]>::new();
    for ((organisation, _), (debts, _)) in accounts {
        for (at, amount) in debts {
            let days = (until.as_second() - at) / 86_400;
            let place = [30, 60, 90].iter().position(|most| days <= *most).unwrap_or(3);
            ages.entry(organisation.to_owned()).or_default()[place] += amount;
        }
    }
    ages
}

#[tokio::test]
async fn the_books_are_the_postings_whatever_happened_and_whichever_day_they_are_read_at() {
    let books = lived(usize::MAX).await;
    let desk = Desk::of(&books.world).await;
    for day in DAYS {
        let balance = desk.balance(day).await;
        let before = if day.is_some() { balance.at } else { at("9000-01-01T00:00:00Z") };
        let posted = posted(&books.world, before).await;
        is_the_ledger(&desk, day, &balance, &sides(&posted)).await;
        is_what_nobody_paid(&desk, day, &balance, &unpaid(&posted, balance.at)).await;
    }
    assert!(desk.balance(DAYS[0]).await.accounts.is_empty(), "nothing was booked in September");
    let euros = AskBooks { currency: Some(Currency::Eur), day: None };
    assert!(trial_balance(&desk.open, &desk.survey, &euros).await.unwrap().accounts.is_empty());
    let own = trial_balance(&desk.open, &desk.survey, &AskBooks::default()).await.unwrap();
    assert_eq!(own, desk.balance(None).await, "the hub's own currency is the dirham");
}

/// Each row is the sum of its kind's postings and of its organisations' parts; all of them come to zero.
async fn is_the_ledger(desk: &Desk, day: Option<Date>, balance: &TrialBalance, sides: &BTreeMap<String, (i64, i64)>) {
    let found = balance.accounts.iter().map(|of| (of.account.to_string(), (of.debit.micros, of.credit.micros)));
    assert_eq!(&found.collect::<BTreeMap<_, _>>(), sides, "{day:?}");
    assert_eq!(balance.difference.micros, 0, "{day:?}");
    assert_eq!(balance.debit, balance.credit, "{day:?}");
    for of in &balance.accounts {
        let (mut page, mut parts) = (Cursor { cursor: None, limit: Some(7) }, Vec::new());
        loop {
            let list = list_account_organisations(&desk.open, &desk.survey, of.account, &dirhams(day), &page).await;
            let list = list.unwrap();
            parts.extend(list.items);
            page.cursor = list.next_cursor;
            if page.cursor.is_none() {
                break;
            }
        }
        let sum = |side: fn(&AccountBalance) -> Money| parts.iter().map(|part| side(&part.part).micros).sum::<i64>();
        let sums = [sum(|part| part.debit), sum(|part| part.credit), sum(|part| part.balance)];
        assert_eq!(sums, [of.debit, of.credit, of.balance].map(|money| money.micros), "{day:?} {:?}", of.account);
        let organisations: BTreeSet<_> = parts.iter().map(|part| part.organisation).collect();
        assert_eq!(organisations.len(), parts.len(), "each organisation stands once");
    }
}

/// Ages are those of the debts that payments left, and together what the accounts say is owed.
async fn is_what_nobody_paid(
    desk: &Desk,
    day: Option<Date>,
    balance: &TrialBalance,
    unpaid: &BTreeMap<String, [i64; 4]>,
) {
    let ageing = ageing(&desk.open, &desk.survey, &dirhams(day)).await.unwrap();
    let ages = |of: &AgeingBuckets| [of.to_30, of.to_60, of.to_90, of.older].map(|money| money.micros);
    let uuid = |organisation: OrganisationId| organisation.uuid().to_string();
    let found = ageing.organisations.iter().map(|of| (uuid(of.organisation), ages(&of.unpaid)));
    assert_eq!(&found.collect::<BTreeMap<_, _>>(), unpaid, "{day:?}");
    assert_eq!(usize::try_from(ageing.n_organisations).unwrap(), unpaid.len());
    let totals: Vec<i64> = ageing.organisations.iter().map(|of| of.unpaid.total.micros).collect();
    assert!(totals.is_sorted_by(|one, next| one >= next), "who owes most stands first: {totals:?}");
    assert_eq!(ageing.unpaid.total.micros, totals.iter().sum::<i64>());
    assert_eq!(ageing.unpaid.total.micros, ages(&ageing.unpaid).iter().sum::<i64>());
    let of =
        |kind: AccountKind| balance.accounts.iter().find(|of| of.account == kind).map_or(0, |of| of.balance.micros);
    let receivable = -of(AccountKind::Receivable);
    assert!(ageing.unpaid.total.micros >= receivable, "wallets below zero come on top");
}

#[tokio::test]
async fn revenue_by_month_adds_up_to_the_ledger_and_what_is_deferred_is_its_balance_at_each_months_end() {
    let books = lived(16).await;
    let desk = Desk::of(&books.world).await;
    let of = |balance: &TrialBalance, kind: AccountKind| {
        balance.accounts.iter().find(|of| of.account == kind).map_or(0, |of| of.balance.micros)
    };
    for day in [None, Some(date(2026, 11, 4)), Some(date(2026, 10, 20))] {
        let revenue = revenue(&desk.open, &desk.survey, &dirhams(day)).await.unwrap();

        let now = desk.balance(day).await;
        let months = &revenue.months;
        assert_eq!(months.len(), 12);
        let sum = |figure: fn(&RevenueMonth) -> Money| months.iter().map(|of| figure(of).micros).sum::<i64>();
        let sums = [sum(|of| of.revenue), sum(|of| of.accrued)];
        assert_eq!(sums, [of(&now, AccountKind::Revenue), of(&now, AccountKind::Accrued)], "{day:?}");
        let documents = [sum(|of| of.invoiced), sum(|of| of.credited)];
        assert_eq!(documents[0] - documents[1], sums[0]);
        for (place, month) in months.iter().enumerate() {
            // A day in its middle is of the month wherever the seller is.
            let middle = month.started_at.plus_seconds(14 * 86_400).as_jiff().to_zoned(TimeZone::UTC).date();
            let end = if place == 11 { day } else { Some(middle.last_of_month()) };
            let then = desk.balance(end).await;
            let found = [month.prepaid, month.sponsored, month.promo].map(|money| money.micros);
            let kinds = [AccountKind::Wallet, AccountKind::LotsSponsored, AccountKind::LotsPromo];
            assert_eq!(found, kinds.map(|kind| of(&then, kind)), "{day:?} {middle}");
        }
        let issued = async |table: &str, column: &str| {
            let sql = format!(
                "SELECT coalesce(sum(net), 0)::bigint * 10000 AS n FROM {table} WHERE currency = 'MAD' AND {column} < $1"
            );
            let before = if day.is_some() { now.at } else { at("9000-01-01T00:00:00Z") };
            books.world.number(&sql, [before.into()]).await
        };
        assert_eq!(documents, [issued("invoice", "finalised_at").await, issued("credit_note", "issued_at").await]);
    }
}

#[tokio::test]
async fn the_journal_has_every_posting_once_in_order_with_the_document_behind_it() {
    let books = lived(16).await;
    let desk = Desk::of(&books.world).await;
    let entries = desk.journal(AskJournal::default()).await;
    let number = async |sql: &str| usize::try_from(books.world.number(sql, []).await).unwrap();
    assert_eq!(entries.len(), number("SELECT count(*) AS n FROM journal_entry").await);
    let n_lines: usize = entries.iter().map(|entry| entry.lines.len()).sum();
    assert_eq!(n_lines, number("SELECT count(*) AS n FROM posting").await);
    assert!(entries.is_sorted_by(|one, next| (one.booked_at, &one.id) < (next.booked_at, &next.id)));
    for entry in &entries {
        let mut sums = BTreeMap::<&str, i64>::new();
        entry.lines.iter().for_each(|line| *sums.entry(&line.unit).or_default() += line.amount);
        assert!(sums.values().all(|sum| *sum == 0), "{entry:?}");
        assert!(entry.organisation.is_some() && entry.organisation_name.is_some());
    }
    let documents = entries.iter().filter(|entry| entry.document.is_some()).count();
    let booked = "SELECT count(*) AS n FROM journal_entry WHERE kind IN ('invoice', 'credit_note')";
    assert!(documents > 0 && documents == number(booked).await);
    let in_dirhams = desk.journal(AskJournal { currency: Some(Currency::Mad), ..AskJournal::default() }).await;
    let money = in_dirhams.iter().flat_map(|entry| &entry.lines);
    let of_money = "SELECT count(*) AS n FROM posting p JOIN account a ON a.id = p.account_id WHERE a.unit = 'MAD'";
    assert_eq!(money.clone().count(), number(of_money).await);
    assert!(money.clone().all(|line| line.unit == "MAD") && in_dirhams.iter().all(|entry| !entry.lines.is_empty()));
    assert!(desk.journal(AskJournal { currency: Some(Currency::Usd), ..AskJournal::default() }).await.is_empty());
    // Both days belong to it, and the days tile.
    let (tenth, eleventh) = (Some(date(2026, 10, 10)), Some(date(2026, 10, 11)));
    let first = desk.journal(AskJournal { from: None, to: tenth, currency: None }).await;
    let rest = desk.journal(AskJournal { from: eleventh, to: None, currency: None }).await;
    assert!(!first.is_empty() && !rest.is_empty());
    assert_eq!([first, rest].concat(), entries);
}

#[tokio::test]
async fn what_no_calendar_or_page_has_is_refused_by_its_field() {
    let world = World::new().await;
    let desk = Desk::of(&world).await;
    for day in [date(1999, 12, 30), date(9001, 1, 1), Date::MIN, Date::MAX] {
        let refused = trial_balance(&desk.open, &desk.survey, &dirhams(Some(day))).await;
        assert!(matches!(refused, Err(Error::Invalid { field: "day", rule: Rule::Form })), "{day}: {refused:?}");
    }
    let (first, second) = (Some(date(2026, 10, 1)), Some(date(2026, 10, 2)));
    let journal = async |ask: AskJournal, cursor: Option<&str>| {
        let page = Cursor { cursor: cursor.map(str::to_owned), limit: None };
        list_journal(&desk.open, &desk.survey, &ask, &page).await.map(|list| list.items.len())
    };
    let backwards = AskJournal { from: second, to: first, currency: None };
    assert!(matches!(journal(backwards, None).await, Err(Error::Invalid { field: "to", rule: Rule::Order })));
    let one_day = AskJournal { from: first, to: first, currency: None };
    assert_eq!(journal(one_day, None).await.unwrap(), 0);
    assert!(matches!(journal(one_day, Some("x")).await, Err(Error::Invalid { field: "cursor", .. })));
}

#[tokio::test]
async fn every_kind_of_account_that_the_database_takes_has_a_name() {
    let world = World::new().await;
    let sql = "SELECT pg_get_constraintdef(oid) AS said FROM pg_constraint WHERE conname = 'account_kind_check'";
    let rows = world.database().rows(sql).await.unwrap();
    let said = rows[0]["said"].as_str().unwrap();
    let kinds: Vec<_> = said.split('\'').skip(1).step_by(2).collect();
    assert!(kinds.len() > 10, "{said}");
    for kind in kinds {
        kind.parse::<AccountKind>().unwrap();
    }
}
