//! The balance, what is set aside, the grants, and every entry with the balance after it.

pub(crate) mod automatic;
pub(crate) mod cards;
mod entries;
pub(crate) mod limit;
mod lots;
pub(crate) mod top_up;

use domain::{
    access::policy::{LimitSpending, ReadBalance},
    budgets, catalogue, dunning, grants, ledger, payments,
};
use leptos::prelude::*;
use messages::{Words, say};
use serde::Deserialize;
use session::{Query, Refused};
use types::{AutoTopUpView, BudgetView, Cursor, DunningView, EntryView, List, LotView, Money, WalletView};

pub(super) use self::lots::{Names, amount_of, is_left};
use super::unpaid;
use crate::{
    Page, Room, Way,
    components::{Banner, Button, Card, Heading, Stat, Tone, banner, link, strip},
    room::wallet::{lasts, outlook},
};

/// Which page of the entries.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    cursor: Option<String>,
}

/// What the page shows.
struct Shown {
    wallet: WalletView,
    lots: Vec<LotView>,
    entries: List<EntryView>,
    /// Flavours by id, for what a lot of GPU time pays for.
    names: Names,
    limit: Option<BudgetView>,
    dunning: DunningView,
    is_first: bool,
    automatic: Option<AutoTopUpView>,
}

/// The page.
pub(crate) async fn show(room: Room<ReadBalance>, Query(asked): Query<Asked>) -> Result<Page, Refused> {
    page(&room, asked.cursor, None).await
}

/// The page, with what was sent and cannot be taken.
async fn page(room: &Room<ReadBalance>, cursor: Option<String>, returned: limit::Returned) -> Result<Page, Refused> {
    let tx = room.look().await?;
    let wallet = ledger::wallet_in(&tx, &room.scope).await?;
    let flavours = catalogue::list_flavours_in(&tx, &room.seat.prove()?).await?.items;
    let page = Cursor { cursor: cursor.clone(), limit: Some(50) };
    let shown = Shown {
        lots: grants::list_lots_in(&tx, &room.scope).await?.items,
        entries: ledger::list_entries_in(&tx, &room.scope, &page).await?,
        names: flavours.into_iter().map(|flavour| (flavour.id, flavour.name)).collect(),
        dunning: dunning::dunning_in(&tx, &room.scope).await?,
        limit: budgets::spending_limit_in(&tx, &room.scope).await?.limit,
        is_first: cursor.is_none(),
        automatic: payments::automatic::auto_top_up_in(&tx, &room.scope).await?,
        wallet,
    };
    let shell = room.shell_in(&tx, Way::Wallet).await?;
    Ok(room.page(shell, Way::Wallet, || view(room, shown, returned)))
}

fn view(room: &Room<ReadBalance>, shown: Shown, returned: limit::Returned) -> AnyView {
    let words = room.words();
    let heading = Heading::new(say!(words, "nav-wallet")).beneath(say!(words, "wallet-beneath"));
    // What is overdue says more than that something is owed.
    let owed = match &shown.dunning.overdue {
        Some(overdue) => Some(unpaid::told(room, overdue, &shown.dunning)),
        None => (shown.wallet.receivable.micros > 0).then(|| owed(words, shown.wallet.receivable)),
    };
    let ladder = shown.dunning.overdue.is_some().then(|| unpaid::ladder(words, &shown.dunning));
    let action = room.seat.may::<LimitSpending>().then(|| room.href("/wallet/limit"));
    let limit = limit::card(words, action, shown.limit.as_ref(), shown.wallet.currency, returned);
    let left = view! { <div class="stack">{ladder}{lots::card(room, &shown.lots, &shown.names)}{entries::card(room, shown.entries, &shown.names, shown.is_first)}</div> };
    view! {
        {heading.view()}{automatic::told(room, shown.automatic.as_ref())}{owed}
        {numbers(room, &shown.wallet)}
        <div class="split">{left}<aside class="stack">{top_up(room)}{limit}</aside></div>
    }
    .into_any()
}

fn owed(words: &Words, amount: Money) -> AnyView {
    let title = say!(words, "wallet-owed", amount = words.money(amount));
    banner(Banner { tone: Tone::Bad, title, words: Some(say!(words, "wallet-owed-means")), action: None })
}

fn numbers(room: &Room<ReadBalance>, wallet: &WalletView) -> AnyView {
    let words = room.words();
    let stat = |label, value: Money, note| Stat {
        label,
        value: words.amount(value),
        unit: wallet.currency.word().to_owned(),
        note: Some(note),
    };
    let limit = (wallet.credit_limit.micros > 0)
        .then(|| say!(words, "wallet-credit-limit", amount = words.money(wallet.credit_limit)));
    let settled = say!(words, "wallet-settled", moment = words.moment(wallet.settled_through));
    let until = match wallet.empty_at {
        Some(at) if outlook(wallet, room.now).0 != Tone::Bad => {
            say!(words, "wallet-runs-until", moment = words.moment(at))
        }
        _ => lasts(words, wallet, room.now),
    };
    strip(vec![
        stat(say!(words, "balance"), wallet.balance, limit.unwrap_or(settled)),
        stat(say!(words, "wallet-held"), wallet.held, say!(words, "wallet-held-means")),
        stat(say!(words, "wallet-free"), wallet.free, say!(words, "wallet-free-means")),
        Stat {
            unit: say!(words, "per-hour-short", currency = wallet.currency.word()),
            ..stat(say!(words, "wallet-burn"), wallet.per_hour, until)
        },
    ])
}

fn top_up(room: &Room<ReadBalance>) -> AnyView {
    let words = room.words();
    let body = view! {
        <p class="sm soft">{say!(words, "top-up-means")}</p>
        <div>{Button::new(say!(words, "top-up-by-transfer")).to(room.href("/transfers"))}</div>
        {top_up::way(room)}
        <p class="sm">{link(room.href("/unpaid"), say!(words, "dunning-see"))}</p>
    };
    Card::titled(say!(words, "top-up-title")).body(body.into_any())
}
