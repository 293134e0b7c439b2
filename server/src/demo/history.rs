//! Telling the story in the order of its time: prices and money first, then every day with what ran on it.

use anyhow::Context;
use domain::{
    access::policy::{
        ChangeInstances, CloseBilling, GrantCredits as MayGrant, LaunchInstances, ReadInvoices, ReadOrganisation,
        SetPrices, SetQuotas, StopInstances,
    },
    billing, grants, instances, invoices, ledger, organisations, prices, quotas, settlement, transfers,
    volumes::STORAGE,
};
use types::{
    Amount, ChangeInstance, ClosePeriod, ClusterSeen, Currency, Cursor, FinaliseInvoice, GrantCredits, LaunchInstance,
    LotKind, Money, ProjectId, RecordTransfer, Role, SetPrice, SetQuota, SetReceivingAccount, StopInstance, Timestamp,
};

use super::{
    Demo, cluster,
    cluster::JOB,
    command,
    people::{ATLAS, HUB, RIF, STAFF, Tenant},
    plan::{ACCOUNTS, MONTHS, PRESENT, PRICES, Planned, QUOTAS, Run},
};

const DAY: i64 = 24 * 3600;
/// Finance closes a month this long after its end.
const CLOSES_AFTER_S: i64 = 9 * 3600;
/// By then everything about the end of a run is known.
const REPORTED_AFTER_S: i64 = 120;

/// One thing that happens.
enum Happening {
    Launch,
    Lost,
    Back,
    Stop,
}

/// Plays everything up to the present.
pub(super) async fn play(demo: &Demo) -> anyhow::Result<()> {
    stock(demo).await?;
    let months = demo.months;
    let starts = [months.first, months.second, months.third, months.now];
    for (planned, span) in MONTHS.into_iter().zip(starts.windows(2)) {
        month(demo, span[0], span[1], planned).await?;
    }
    // Wished now and made true by the portal's own workers, once it is started.
    for planned in PRESENT {
        launch(demo, planned, months.now).await?;
    }
    Ok(())
}

/// Whether the story was told to its end: its last chapter is the present, so the first month is closed.
pub(super) async fn is_told(db: &domain::Database, now: Timestamp) -> anyhow::Result<bool> {
    let finance = super::actor(db, STAFF[2].email, now).await?.prove::<ReadInvoices>()?;
    let open = db.survey(&finance, now).await?;
    let running = billing::list_running_periods(&open, &finance, &Cursor::default()).await?.items;
    let n_closed = [RIF, ATLAS].iter().filter(|tenant| {
        running.iter().any(|period| period.slug == tenant.slug && period.settled_through > period.started_at)
    });
    Ok(n_closed.count() == 2)
}

/// Prices, quotas, transfers and grants of the first day.
async fn stock(demo: &Demo) -> anyhow::Result<()> {
    let now = demo.months.first;
    let finance = demo.survey::<SetPrices>(STAFF[2].email, now).await?;
    for (slug, thousandths) in PRICES {
        let Some(flavour) = demo.flavour(slug) else { continue };
        for (currency, per_hour) in [Currency::Mad, Currency::Eur, Currency::Usd].into_iter().zip(thousandths) {
            let ask = SetPrice { flavour, currency, micros_per_hour: per_hour * 1000, started_at: None };
            let key = command("price", &format!("{slug}-{currency}"), &ask)?;
            prices::set_price(&demo.db, &finance, ask, key, now).await?;
        }
    }
    for tenant in [RIF, ATLAS] {
        let operator = demo.scope::<SetQuotas>(STAFF[0].email, tenant.slug, now).await?;
        for (slug, units) in QUOTAS {
            let Some(flavour) = demo.flavour(slug) else { continue };
            let ask = SetQuota { flavour, units, reason: "agreed when the organisation joined".to_owned() };
            quotas::set_quota(&demo.db, &operator, ask, now).await?;
        }
    }
    sell_storage(demo, now).await?;
    open_accounts(demo, now).await?;
    pay(demo, RIF, 30_000, now).await?;
    pay(demo, ATLAS, 4_000, now).await?;
    grant(demo, RIF, LotKind::Sponsored, ("Cohort 2026", 6_000), now).await?;
    grant(demo, ATLAS, LotKind::Promo, ("Welcome", 100), now).await
}

/// What a gigabyte costs for an hour, and half a terabyte for each.
async fn sell_storage(demo: &Demo, now: Timestamp) -> anyhow::Result<()> {
    let finance = demo.survey::<SetPrices>(STAFF[2].email, now).await?;
    for (currency, micros_per_hour) in [(Currency::Mad, 1_500), (Currency::Eur, 140), (Currency::Usd, 150)] {
        let ask = SetPrice { flavour: STORAGE, currency, micros_per_hour, started_at: None };
        let key = command("price", &format!("storage-{currency}"), &ask)?;
        prices::set_price(&demo.db, &finance, ask, key, now).await?;
    }
    for tenant in [RIF, ATLAS] {
        let operator = demo.scope::<SetQuotas>(STAFF[0].email, tenant.slug, now).await?;
        let reason = "agreed when the organisation joined".to_owned();
        let ask = SetQuota { flavour: STORAGE, units: 500, reason };
        quotas::set_quota(&demo.db, &operator, ask, now).await?;
    }
    Ok(())
}

/// Where the hub is paid by transfer.
async fn open_accounts(demo: &Demo, now: Timestamp) -> anyhow::Result<()> {
    let finance = demo.survey::<CloseBilling>(STAFF[2].email, now).await?;
    for (currency, iban) in ACCOUNTS {
        let (beneficiary, bank) = (HUB.to_owned(), "Bank of the demonstration".to_owned());
        let ask = SetReceivingAccount { currency, beneficiary, bank, iban: iban.to_owned() };
        let key = command("account", currency.word(), &ask)?;
        transfers::set_receiving_account(&demo.db, &finance, ask, key, now).await?;
    }
    Ok(())
}

async fn pay(demo: &Demo, tenant: Tenant, units: i64, now: Timestamp) -> anyhow::Result<()> {
    let finance = demo.scope::<CloseBilling>(STAFF[2].email, tenant.slug, now).await?;
    let reference = format!("TRANSFER-{}-{}", tenant.slug, now.as_second());
    let ask = RecordTransfer { reference, amount: money(tenant, units) };
    let key = command("transfer", &format!("{}-{}", tenant.slug, now.as_second()), &ask)?;
    ledger::record_transfer(&demo.db, &finance, ask, key, now).await?;
    Ok(())
}

async fn grant(
    demo: &Demo,
    tenant: Tenant,
    kind: LotKind,
    (name, units): (&str, i64),
    now: Timestamp,
) -> anyhow::Result<()> {
    let incubator = demo.scope::<MayGrant>(STAFF[1].email, tenant.slug, now).await?;
    let ask = GrantCredits {
        kind,
        name: name.to_owned(),
        amount: Amount::Money(money(tenant, units)),
        flavours: Vec::new(),
        projects: Vec::new(),
        effective_at: None,
        expires_at: Some(now.plus_seconds(365 * DAY)),
        priority: None,
        reason: "admitted to the incubator".to_owned(),
    };
    let key = command("grant", &format!("{}-{name}", tenant.slug), &ask)?;
    grants::grant_credits(&demo.db, &incubator, ask, key, now).await?;
    Ok(())
}

fn money(tenant: Tenant, units: i64) -> Money {
    Money { micros: units * types::MICROS_PER_UNIT, currency: tenant.currency }
}

/// One month with its runs; the month before is closed and finalised on the first day.
async fn month(demo: &Demo, start: Timestamp, end: Timestamp, planned: &[Planned]) -> anyhow::Result<()> {
    let mut happenings: Vec<(Timestamp, usize, Happening)> = Vec::new();
    let over = |run: &&Planned| start.plus_seconds(run.from_s + run.lasts_s + REPORTED_AFTER_S) < end;
    let planned: Vec<_> = planned.iter().filter(over).collect();
    for (place, run) in planned.iter().enumerate() {
        let from = start.plus_seconds(run.from_s);
        happenings.push((from, place, Happening::Launch));
        if let Some((after_s, lasts_s)) = run.fault {
            happenings.push((from.plus_seconds(after_s), place, Happening::Lost));
            happenings.push((from.plus_seconds(after_s + lasts_s), place, Happening::Back));
        }
        happenings.push((from.plus_seconds(run.lasts_s), place, Happening::Stop));
    }
    happenings.sort_by_key(|(at, ..)| *at);
    let mut runs: Vec<Option<(Run, Timestamp)>> = planned.iter().map(|_| None).collect();
    let mut told = start;
    for (at, place, happening) in happenings {
        days(demo, told, at).await?;
        told = at;
        let (planned, slot) = (planned[place], &mut runs[place]);
        happen(demo, planned, slot, happening, at).await?;
    }
    days(demo, told, end).await?;
    if start == demo.months.first { close(demo, end.plus_seconds(CLOSES_AFTER_S)).await } else { Ok(()) }
}

async fn happen(
    demo: &Demo,
    planned: &Planned,
    slot: &mut Option<(Run, Timestamp)>,
    happening: Happening,
    at: Timestamp,
) -> anyhow::Result<()> {
    if let Happening::Launch = happening {
        if let Some(run) = launch(demo, planned, at).await? {
            let seen = ClusterSeen::Pod(Box::new(cluster::ready(&run, at, None)));
            cluster::show(demo, &seen, at.plus_seconds(20)).await?;
            *slot = Some((run, at));
        }
        return Ok(());
    }
    let Some((run, asked_at)) = slot else { return Ok(()) };
    match happening {
        Happening::Launch => Ok(()),
        Happening::Lost => {
            let pod = cluster::lost(run, *asked_at, at);
            cluster::show(demo, &ClusterSeen::Pod(Box::new(pod)), at.plus_seconds(60)).await
        }
        Happening::Back => {
            let pod = cluster::ready(run, *asked_at, Some(at));
            cluster::show(demo, &ClusterSeen::Pod(Box::new(pod)), at.plus_seconds(61)).await
        }
        Happening::Stop => {
            stop(demo, planned, run, at).await?;
            let pod = cluster::gone(run, *asked_at, at);
            cluster::show(demo, &ClusterSeen::PodGone(Box::new(pod)), at.plus_seconds(5)).await?;
            forget(demo, planned, run, at.plus_seconds(60)).await?;
            cluster::taken(demo, run, at.plus_seconds(61)).await
        }
    }
}

/// Launches what a plan says; a flavour that this cluster does not have is left out.
async fn launch(demo: &Demo, planned: &Planned, now: Timestamp) -> anyhow::Result<Option<Run>> {
    let Some(flavour) = demo.flavour(planned.flavour) else { return Ok(None) };
    let email = planned.tenant.email(Role::Developer);
    let scope = demo.scope::<LaunchInstances>(&email, planned.tenant.slug, now).await?;
    let ask = LaunchInstance {
        project: project(demo, planned, now).await?,
        name: planned.name.to_owned(),
        flavour,
        units: planned.units,
        template: planned.template.to_owned(),
        environment: std::collections::BTreeMap::new(),
        volumes: Vec::new(),
        new_volume: None,
    };
    let key = command("launch", planned.name, &ask)?;
    let view = instances::launch_instance(&demo.db, &scope, ask, key, now).await;
    let view = view.with_context(|| format!("the demo's launch of {}", planned.name))?;
    let open = demo.db.work(JOB, now).await?;
    let wished = instances::wish_of_in(&open, demo.cluster, view.id).await?;
    Ok(Some(Run {
        organisation: scope.organisation(),
        instance: view.id,
        wish_seq: wished.map_or(0, |wished| wished.wish.wish_seq),
        node: format!("tet-{}-01", planned.flavour.split('-').next().unwrap_or("gpu")),
    }))
}

async fn project(demo: &Demo, planned: &Planned, now: Timestamp) -> anyhow::Result<ProjectId> {
    let email = planned.tenant.email(Role::Developer);
    let scope = demo.scope::<ReadOrganisation>(&email, planned.tenant.slug, now).await?;
    let tx = demo.db.look(&scope, now).await?;
    let projects = organisations::list_projects_in(&tx, &scope).await?.items;
    let slug = planned.tenant.project(planned.project);
    let project = projects.into_iter().find(|project| project.slug == slug);
    Ok(project.with_context(|| format!("no project {slug}"))?.id)
}

async fn stop(demo: &Demo, planned: &Planned, run: &Run, now: Timestamp) -> anyhow::Result<()> {
    let email = planned.tenant.email(Role::Developer);
    let scope = demo.scope::<StopInstances>(&email, planned.tenant.slug, now).await?;
    let ask = StopInstance { instance: run.instance, version: None, reason: None };
    instances::stop_instance(&demo.db, &scope, &ask, now).await?;
    Ok(())
}

/// Deletes what is done with, so that the list shows the present.
async fn forget(demo: &Demo, planned: &Planned, run: &Run, now: Timestamp) -> anyhow::Result<()> {
    let email = planned.tenant.email(Role::Developer);
    let scope = demo.scope::<ChangeInstances>(&email, planned.tenant.slug, now).await?;
    let ask = ChangeInstance { instance: run.instance, version: None };
    instances::delete_instance(&demo.db, &scope, ask, now).await?;
    Ok(())
}

/// Lets the days between pass: the cluster is seen, and what is due is settled.
async fn days(demo: &Demo, from: Timestamp, to: Timestamp) -> anyhow::Result<()> {
    let mut now = from;
    while now < to {
        now = now.plus_seconds(DAY).min(to);
        pass(demo, now).await?;
    }
    Ok(())
}

async fn pass(demo: &Demo, now: Timestamp) -> anyhow::Result<()> {
    cluster::show(demo, &ClusterSeen::Fresh { through: now }, now).await?;
    let due = settlement::due(&demo.db.work(JOB, now).await?, now).await?;
    for organisation in due {
        settlement::settle(&demo.db, JOB, organisation, now).await?;
    }
    Ok(())
}

/// Closes the month that has ended and finalises every invoice.
async fn close(demo: &Demo, now: Timestamp) -> anyhow::Result<()> {
    pass(demo, now).await?;
    for tenant in [RIF, ATLAS] {
        let finance = demo.scope::<CloseBilling>(STAFF[2].email, tenant.slug, now).await?;
        let survey = demo.survey::<ReadInvoices>(STAFF[2].email, now).await?;
        let open = demo.db.survey(&survey, now).await?;
        let running = billing::list_running_periods(&open, &survey, &Cursor::default()).await?.items;
        drop(open);
        let period = running.into_iter().find(|period| period.slug == tenant.slug);
        let ask = ClosePeriod { period: period.context("no period runs")?.period };
        let key = command("close", tenant.slug, &ask)?;
        let closed = billing::close_period(&demo.db, &finance, ask, key, now).await?;
        let Some(invoice) = closed.invoice else { continue };
        let reader = demo.scope::<ReadInvoices>(STAFF[2].email, tenant.slug, now).await?;
        let tx = demo.db.look(&reader, now).await?;
        let draft = invoices::invoice_in(&tx, &reader, invoice).await?;
        drop(tx);
        let ask = FinaliseInvoice { invoice, sha256: draft.sha256 };
        let key = command("finalise", tenant.slug, &ask)?;
        invoices::finalise_invoice(&demo.db, &finance, ask, key, now).await?;
    }
    Ok(())
}
