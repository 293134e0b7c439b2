//! One organisation as staff see it: members, quotas, instances, money; each as far as the reader may.

use domain::{
    Tx,
    access::{
        Seat,
        policy::{ReadBalance, ReadInstances, ReadInvoices, ReadMembers, ReadOrganisation, SetQuotas},
    },
    instances, ledger, organisations, quotas,
};
use leptos::prelude::*;
use messages::{Words, say};
use session::{Allowed, Refused};
use types::{Cursor, InstanceFilter, InstanceView, MemberView, QuotaView, WalletView};

use super::organisations::standing;
use crate::{
    Office, Page, StaffWay,
    components::{
        Button, Card, Column, Heading, Mark, Row, Table, Tone, amount, both, cover, facts, ident, link, meter, number,
        phase, text, time,
    },
};

/// What one reading found; nothing of what the reader may not see.
struct Found {
    members: Option<Vec<MemberView>>,
    quotas: Vec<QuotaView>,
    instances: Option<Vec<InstanceView>>,
    wallet: Option<WalletView>,
}

/// The page.
pub(crate) async fn show(
    office: Office<ReadOrganisation>,
    Allowed(scope, seat): Allowed<ReadOrganisation>,
) -> Result<Page, Refused> {
    let tx = office.portal.db.look(&scope, office.now).await?;
    let quotas = quotas::list_quotas_in(&tx, &scope).await?.items;
    let found = Found { quotas, ..found(&tx, &seat).await? };
    drop(tx);
    let shell = office.shell(StaffWay::Organisations).await?;
    Ok(office.page_of(shell, StaffWay::Organisations, seat.name(), || view(&office, &seat, &found)))
}

async fn found(tx: &Tx, seat: &Seat) -> Result<Found, Refused> {
    let members = match seat.prove::<ReadMembers>() {
        Ok(scope) => Some(organisations::list_members_in(tx, &scope).await?.items),
        Err(_) => None,
    };
    let instances = match seat.prove::<ReadInstances>() {
        Ok(scope) => {
            let filter = InstanceFilter::default();
            Some(instances::list_instances_in(tx, &scope, filter, &Cursor::default()).await?.items)
        }
        Err(_) => None,
    };
    let wallet = match seat.prove::<ReadBalance>() {
        Ok(scope) => Some(ledger::wallet_in(tx, &scope).await?),
        Err(_) => None,
    };
    Ok(Found { members, quotas: Vec::new(), instances, wallet })
}

fn view(office: &Office<ReadOrganisation>, seat: &Seat, found: &Found) -> AnyView {
    let words = office.words();
    let heading = Heading::of(view! { <bdi>{seat.name().to_owned()}</bdi> }.into_any())
        .beside(standing(words, seat.standing()))
        .actions(actions(words, office, seat));
    let left = view! {
        <div class="stack">
            {found.instances.as_ref().map(|instances| running(office, seat, instances))}
            {allowances(words, seat, &found.quotas)}
        </div>
    };
    let right = view! {
        <div class="stack">
            {found.wallet.as_ref().map(|wallet| money(words, wallet))}
            {found.members.as_ref().map(|members| people(words, members))}
        </div>
    };
    view! { {heading.view()}<div class="split">{left}{right}</div> }.into_any()
}

/// The ways on from here, by permission.
fn actions(words: &Words, office: &Office<ReadOrganisation>, seat: &Seat) -> AnyView {
    let to = |words: String, href: String| Button::new(words).to(href);
    let grants = office.actor.prove::<domain::access::policy::GrantCredits>().is_ok();
    let refunds = seat.may::<ReadInvoices>() && seat.may::<ReadBalance>();
    let refunds = refunds.then(|| to(say!(words, "refunds"), format!("/staff/billing/{}/refunds", seat.slug())));
    let audit = office.actor.prove::<domain::access::policy::ReadInstallationAudit>().is_ok();
    let grants = grants.then(|| to(say!(words, "nav-grants"), format!("/staff/grants/{}", seat.slug())));
    let billing = seat.may::<ReadInvoices>();
    let billing = billing.then(|| to(say!(words, "nav-billing"), format!("/staff/billing/{}", seat.slug())));
    let audit =
        audit.then(|| to(say!(words, "nav-audit"), format!("/staff/audit?organisation={}", seat.organisation())));
    let as_member = to(say!(words, "view-as"), format!("/staff/organisations/{}/view", seat.slug()));
    view! { {grants}{billing}{refunds}{audit}{as_member} }.into_any()
}

fn running(office: &Office<ReadOrganisation>, seat: &Seat, instances: &[InstanceView]) -> AnyView {
    let words = office.words();
    let card = Card::titled(say!(words, "nav-instances"));
    if instances.is_empty() {
        return card.body(view! { <p class="soft">{say!(words, "staff-no-instances")}</p> }.into_any());
    }
    let columns = vec![
        Column::new(say!(words, "staff-instance")),
        Column::new(say!(words, "staff-asked-for")),
        Column::new(say!(words, "staff-phase")),
        Column::end(say!(words, "staff-since")),
    ];
    let row = |instance: &InstanceView| {
        let href = format!("/staff/organisations/{}/instances/{}", seat.slug(), instance.id);
        let name = cover(href, instance.name.clone());
        Row::new(vec![
            both(name, view! { <bdi>{instance.project_name.clone()}</bdi> }.into_any()),
            view! { <bdi>{format!("{} ×{}", instance.flavour_name, instance.units)}</bdi> }.into_any(),
            phase(words, instance.phase, &Mark::still()),
            number(words.span_brief(office.now.seconds_since(instance.phase_at))),
        ])
        .goes()
    };
    let rows = instances.iter().map(row).collect();
    card.flush(Table::new(say!(words, "nav-instances"), columns).rows(rows).view())
}

fn allowances(words: &Words, seat: &Seat, quotas: &[QuotaView]) -> AnyView {
    let columns = vec![
        Column::new(say!(words, "staff-flavour")),
        Column::end(say!(words, "staff-held-of")),
        Column::wide(say!(words, "staff-reason")),
        Column::unseen(say!(words, "staff-change")),
    ];
    let may = seat.may::<SetQuotas>();
    let row = |view: &QuotaView| {
        let href = format!("/staff/organisations/{}/quotas/{}", seat.slug(), view.flavour);
        let change = may.then(|| Button::new(say!(words, "staff-change")).small().to(href));
        Row::new(vec![
            view! { <bdi class="strong">{view.name.clone()}</bdi> }.into_any(),
            held(words, view),
            reason(words, view),
            view! { {change} }.into_any(),
        ])
    };
    let table = Table::new(say!(words, "nav-quotas"), columns).rows(quotas.iter().map(row).collect());
    Card::titled(say!(words, "nav-quotas")).flush(table.view())
}

/// "3 of 8" with the share beneath.
pub(super) fn held(words: &Words, view: &QuotaView) -> AnyView {
    let (used, units) = (i64::from(view.quota.used), i64::from(view.quota.units));
    let said = say!(words, "staff-used-of", used = words.count(used), all = words.count(units));
    let tone = if view.quota.left() == 0 { Tone::Warn } else { Tone::Good };
    let share = if units == 0 { 0 } else { used * 1000 / units };
    both(amount(said), meter(share, tone))
}

/// Why a quota is as high as it is, and since when.
pub(super) fn reason(words: &Words, view: &QuotaView) -> AnyView {
    match (&view.reason, view.set_at) {
        (Some(reason), Some(at)) => both(view! { <bdi>{reason.clone()}</bdi> }.into_any(), time(at, words.date(at))),
        _ => text(say!(words, "staff-quota-never-set")),
    }
}

fn money(words: &Words, wallet: &WalletView) -> AnyView {
    let lasts = match wallet.empty_at {
        Some(at) => time(at, words.moment(at)),
        None => text(say!(words, "staff-lasts")),
    };
    let mut pairs = vec![
        (say!(words, "balance"), amount(words.money(wallet.balance))),
        (say!(words, "staff-held"), amount(words.money(wallet.held))),
        (say!(words, "staff-free-money"), amount(words.money(wallet.free))),
        (say!(words, "staff-per-hour"), amount(words.per_hour(wallet.per_hour))),
        (say!(words, "staff-empty-at"), lasts),
        (say!(words, "staff-settled"), time(wallet.settled_through, words.moment(wallet.settled_through))),
    ];
    if wallet.credit_limit.micros > 0 {
        pairs.push((say!(words, "staff-credit-limit"), amount(words.money(wallet.credit_limit))));
    }
    if wallet.receivable.micros > 0 {
        pairs.push((say!(words, "staff-receivable"), amount(words.money(wallet.receivable))));
    }
    Card::titled(say!(words, "balance")).foot(text(say!(words, "staff-gross"))).body(facts(pairs))
}

fn people(words: &Words, members: &[MemberView]) -> AnyView {
    let columns = vec![Column::new(say!(words, "member")), Column::end(say!(words, "member-role"))];
    let row = |member: &MemberView| {
        let name = view! { <bdi class="strong">{member.name.clone()}</bdi> }.into_any();
        Row::new(vec![both(name, ident(member.email.clone())), text(words.role(member.role))])
    };
    let table = Table::new(say!(words, "nav-members"), columns).rows(members.iter().map(row).collect());
    Card::titled(say!(words, "nav-members")).flush(table.view())
}

/// The way back to an organisation's page.
pub(super) fn back(seat: &Seat) -> AnyView {
    link(format!("/staff/organisations/{}", seat.slug()), seat.name())
}
