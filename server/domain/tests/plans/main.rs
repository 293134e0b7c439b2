//! Lists stay quick however much others have: each is called beside hundreds of thousands of rows of other organisations,
//! as its own role and so behind row-level security, and reads no big table from end to end.

#![expect(clippy::unwrap_used, reason = "a test that cannot set up its world has failed")]

mod bookkeeping;
mod contested;
#[path = "../rules/invoiced/mod.rs"]
mod invoiced;
mod lists;
mod received;
mod refunds;
mod usage;
#[path = "../rules/world/mod.rs"]
mod world;

use std::{collections::BTreeMap, time::Duration};

use domain::{
    Open, Tx,
    access::{
        Permission, Scope, Survey,
        factors::list_passkeys,
        list_factor_resets, list_identities, list_proposals, list_sessions, list_staff,
        policy::{
            ConfirmDomains, HoldTokens, LaunchInstances, MaintainMail, ManageMembers, ManageTokens, ReadAudit,
            ReadBalance, ReadInstallationAudit, ReadInstances, ReadInvoices, ReadMembers, ReadNodes, ReadOrganisation,
            ReadStaff, SetPrices, SetQuotas,
        },
    },
    audit, billing, budgets, catalogue, clusters, grants, instances, invoices, ledger, mail, organisations, prices,
    quotas, sign_off, tokens, write_offs,
};
use invoiced::{Books, at};
use types::{AuditFilter, Cursor, InstanceFilter, InvoiceId, InvoiceStatus, Phase, PlanLaunch, Timestamp};
use world::World;

const NOW: &str = "2026-11-02T10:00:00Z";
/// The sixth execution of a statement is the first with the plan that the database keeps for it.
const TIMES: usize = 6;
/// Beneath this many rows a table is read as a whole, and rightly.
const BIG: f64 = 1_500.0;

/// Rows of each table that grows, in all some twenty tables.
fn n_rows() -> u32 {
    if std::env::var("TAMUDA_DEEP").is_ok_and(|deep| deep == "1") { 300_000 } else { 30_000 }
}

/// Which lists were called, and what they read from end to end.
struct Watch {
    world: std::sync::Arc<World>,
    called: Vec<&'static str>,
    found: Vec<String>,
    before: BTreeMap<String, i64>,
}

impl Watch {
    /// How often each big table was read from end to end so far. A connection tells it when it ends at the latest.
    async fn scans(&self) -> BTreeMap<String, i64> {
        let database = self.world.database();
        let portal = format!(
            "SELECT pid, pg_terminate_backend(pid) FROM pg_stat_activity
             WHERE datname = '{}' AND usename IN ('tamuda_tenant', 'tamuda_staff', 'tamuda_worker')",
            database.name()
        );
        while !database.rows(&portal).await.unwrap().is_empty() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        let scans = format!(
            "SELECT s.relname, s.seq_scan FROM pg_stat_user_tables s JOIN pg_class c ON c.oid = s.relid
             WHERE c.reltuples >= {BIG}"
        );
        let rows = database.rows(&scans).await.unwrap();
        rows.iter()
            .map(|row| (row["relname"].as_str().unwrap().to_owned(), row["seq_scan"].as_i64().unwrap()))
            .collect()
    }

    async fn of(&mut self, name: &'static str, call: impl AsyncFn()) {
        for _ in 0..TIMES {
            call().await;
        }
        let after = self.scans().await;
        let read = after.iter().filter(|(table, n)| self.before.get(*table).is_some_and(|before| before < *n));
        self.found.extend(read.map(|(table, _)| format!("{name} reads all of {table}")));
        self.before = after;
        self.called.push(name);
    }
}

/// October of one organisation finalised, and the rows of three hundred others beside it.
async fn filled() -> (Books, InvoiceId) {
    let books = Books::open().await;
    books.top_up(100_000_000, "2026-10-02T00:00:00Z").await;
    books.gift(10_000_000, "2026-10-02T00:00:00Z").await;
    books.usage(1, "2026-10-03T10:00:00Z", "2026-10-03T12:00:00Z").await;
    let draft = books.closed().await;
    let invoice = books.finalise(draft.invoice.id, "2026-11-02T09:00:00Z").await.unwrap().invoice.id;
    books.running_usage("2026-11-02T09:00:00Z").await;
    let (world, tenant) = (&books.world, books.tenant);
    let one = async |sql: &str| {
        let rows = world.database().rows(sql).await.unwrap();
        rows[0]["id"].as_str().unwrap().to_owned()
    };
    let sql = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/plans/fill.sql"))
        .unwrap()
        .replace("$ROWS", &n_rows().to_string())
        .replace("$ORGANISATION", &tenant.id.uuid().to_string())
        .replace("$PROJECT", &tenant.project.uuid().to_string())
        .replace("$FLAVOUR", &world.h100.uuid().to_string())
        .replace("$CLUSTER", &world.cluster.uuid().to_string())
        .replace("$PERSON", &one("SELECT id FROM person WHERE email = 'owner@atlas.test'").await)
        .replace("$PRICE", &one("SELECT price_id AS id FROM rated_item LIMIT 1").await)
        .replace("$TAX", &one("SELECT tax_rule_id AS id FROM rated_item LIMIT 1").await);
    let root = sea_orm::Database::connect(world.database().superuser_url()).await.unwrap();
    sea_orm::ConnectionTrait::execute_unprepared(&root, &sql).await.unwrap();
    root.close().await.unwrap();
    (books, invoice)
}

/// What one organisation's pages read, each in a transaction of its own.
struct Inside<'a>(&'a Books);

impl Inside<'_> {
    async fn scope<P: Permission>(&self) -> Scope<P> {
        self.0.world.scope::<P>("owner@atlas.test", self.0.tenant).await
    }

    async fn look<P>(&self, scope: &Scope<P>) -> Tx {
        self.0.world.db.look(scope, at(NOW)).await.unwrap()
    }
}

fn now() -> Timestamp {
    at(NOW)
}

/// The second page too: what comes behind a place.
async fn both_pages<T>(page: impl AsyncFn(Cursor) -> domain::Result<types::List<T>>) {
    let first = page(Cursor { cursor: None, limit: Some(5) }).await.unwrap();
    if first.next_cursor.is_some() {
        page(Cursor { cursor: first.next_cursor, limit: Some(5) }).await.unwrap();
    }
}

async fn of_a_tenant(watch: &mut Watch, books: &Books, invoice: InvoiceId) {
    let inside = &Inside(books);
    let read = &inside.scope::<ReadInstances>().await;
    for filter in [
        InstanceFilter::default(),
        InstanceFilter { phase: Some(Phase::Running), project: None },
        InstanceFilter { phase: None, project: Some(books.tenant.project) },
    ] {
        let page = async |page| instances::list_instances_in(&inside.look(read).await, read, filter, &page).await;
        watch.of("list_instances_in", async || both_pages(&page).await).await;
    }
    let page = async |page| domain::volumes::list_volumes_in(&inside.look(read).await, read, &page).await;
    watch.of("list_volumes_in", async || both_pages(&page).await).await;
    let tx = inside.look(read).await;
    let newest = instances::list_instances_in(&tx, read, InstanceFilter::default(), &Cursor::default()).await.unwrap();
    drop(tx);
    let newest = newest.items[0].id;
    let one = async || drop(instances::instance_in(&inside.look(read).await, read, newest).await.unwrap());
    watch.of("instance_in", one).await;
    let bills = &inside.scope::<ReadInvoices>().await;
    let page = async |page| invoices::list_invoices_in(&inside.look(bills).await, bills, &page).await;
    watch.of("list_invoices_in", async || both_pages(&page).await).await;
    watch
        .of("invoice_in", async || drop(invoices::invoice_in(&inside.look(bills).await, bills, invoice).await.unwrap()))
        .await;
    let page = async |page| invoices::list_credit_notes_in(&inside.look(bills).await, bills, &page).await;
    watch.of("list_credit_notes_in", async || both_pages(&page).await).await;
    let credits = async || drop(invoices::credit_notes_of_in(&inside.look(bills).await, bills, invoice).await.unwrap());
    watch.of("credit_notes_of_in", credits).await;
    let standing =
        async || drop(invoices::invoice_standing_in(&inside.look(bills).await, bills, invoice).await.unwrap());
    watch.of("invoice_standing_in", standing).await;
    let debts = async || drop(write_offs::list_write_offs_in(&inside.look(bills).await, bills).await.unwrap());
    watch.of("list_write_offs_in", debts).await;
    watch
        .of("line_in", async || drop(invoices::line_in(&inside.look(bills).await, bills, invoice, 1).await.unwrap()))
        .await;
    let again = async || drop(invoices::recalculate_in(&inside.look(bills).await, bills, invoice).await.unwrap());
    watch.of("recalculate_in", again).await;
    usage::of_usage(watch, inside).await;
    let balance = &inside.scope::<ReadBalance>().await;
    let page = async |page| ledger::list_entries_in(&inside.look(balance).await, balance, &page).await;
    watch.of("list_entries_in", async || both_pages(&page).await).await;
    watch
        .of("list_lots_in", async || drop(grants::list_lots_in(&inside.look(balance).await, balance).await.unwrap()))
        .await;
    watch.of("wallet_in", async || drop(ledger::wallet_in(&inside.look(balance).await, balance).await.unwrap())).await;
    let audits = &inside.scope::<ReadAudit>().await;
    for filter in [AuditFilter::default(), AuditFilter { area: Some("price".to_owned()), ..AuditFilter::default() }] {
        let page = async |page| audit::list_in(&inside.look(audits).await, audits, &filter, &page).await;
        watch.of("list_in", async || both_pages(&page).await).await;
    }
    around_a_tenant(watch, inside).await;
}

async fn around_a_tenant(watch: &mut Watch, inside: &Inside<'_>) {
    let Inside(books) = *inside;
    let house = &inside.scope::<ReadOrganisation>().await;
    watch
        .of("list_quotas_in", async || drop(quotas::list_quotas_in(&inside.look(house).await, house).await.unwrap()))
        .await;
    watch
        .of("list_projects_in", async || {
            drop(organisations::list_projects_in(&inside.look(house).await, house).await.unwrap())
        })
        .await;
    watch
        .of("list_flavours_in", async || {
            drop(catalogue::list_flavours_in(&inside.look(house).await, house).await.unwrap())
        })
        .await;
    let people = &inside.scope::<ReadMembers>().await;
    watch
        .of("list_members_in", async || {
            drop(organisations::list_members_in(&inside.look(people).await, people).await.unwrap())
        })
        .await;
    let of_project = async || {
        let tx = inside.look(people).await;
        drop(organisations::list_project_members_in(&tx, people, books.tenant.project).await.unwrap());
    };
    watch.of("list_project_members_in", of_project).await;
    let asks = &inside.scope::<ManageMembers>().await;
    watch
        .of("list_invitations_in", async || {
            drop(organisations::list_invitations_in(&inside.look(asks).await, asks).await.unwrap())
        })
        .await;
    let balance = &inside.scope::<ReadBalance>().await;
    let limits = async || drop(budgets::list_budgets_in(&inside.look(balance).await, balance).await.unwrap());
    watch.of("list_budgets_in", limits).await;
    let (own, all) = (&inside.scope::<HoldTokens>().await, &inside.scope::<ManageTokens>().await);
    watch
        .of("list_own_tokens_in", async || {
            drop(tokens::list_own_tokens_in(&inside.look(own).await, own).await.unwrap())
        })
        .await;
    watch
        .of("list_tokens_in", async || drop(tokens::list_tokens_in(&inside.look(all).await, all).await.unwrap()))
        .await;
    let launches = &inside.scope::<LaunchInstances>().await;
    let open = async || {
        drop(organisations::list_open_projects_in(&inside.look(launches).await, launches).await.unwrap());
    };
    watch.of("list_open_projects_in", open).await;
    let launchable = async || {
        let tx = inside.look(launches).await;
        drop(catalogue::list_launchable_in(&tx, launches, books.tenant.project).await.unwrap());
    };
    watch.of("list_launchable_in", launchable).await;
    let ask = &PlanLaunch::of(books.world.h100, 1, Some(books.tenant.project));
    watch
        .of("quote_in", async || drop(catalogue::quote_in(&inside.look(launches).await, launches, ask).await.unwrap()))
        .await;
    let owner = &books.world.actor("owner@atlas.test").await;
    let page = async |page| audit::list_own(&books.world.db, owner, &page, now()).await;
    watch.of("list_own", async || both_pages(&page).await).await;
    watch.of("list_passkeys", async || drop(list_passkeys(&books.world.db, owner, now()).await.unwrap())).await;
    watch.of("list_identities", async || drop(list_identities(&books.world.db, owner, now()).await.unwrap())).await;
    watch.of("list_sessions", async || drop(list_sessions(&books.world.db, owner, now()).await.unwrap())).await;
    watch
        .of("list_memberships", async || drop(organisations::list_memberships(&books.world.db, owner).await.unwrap()))
        .await;
    let public = async || {
        let open = books.world.db.public(now()).await.unwrap();
        drop(catalogue::list_public_in(&open, books.tenant.currency).await.unwrap());
    };
    watch.of("list_public_in", public).await;
}

async fn of_staff(watch: &mut Watch, books: &Books) {
    let world = &books.world;
    let open = async |survey: &Survey<ReadNodes>| -> Open { world.db.survey(survey, now()).await.unwrap() };
    let operator = &world.survey::<ReadNodes>("operator").await;
    watch
        .of("list_clusters", async || drop(clusters::list_clusters(&open(operator).await, operator).await.unwrap()))
        .await;
    watch.of("list_nodes", async || drop(clusters::list_nodes(&open(operator).await, operator).await.unwrap())).await;
    let post = &world.survey::<MaintainMail>("operator").await;
    let letters = async || {
        let open = world.db.survey(post, now()).await.unwrap();
        drop(mail::list_letters(&open, post).await.unwrap());
    };
    watch.of("list_letters", letters).await;
    watch
        .of("list_waiting", async || drop(clusters::list_waiting(&open(operator).await, operator).await.unwrap()))
        .await;
    watch
        .of("list_unconfirmed", async || {
            drop(clusters::list_unconfirmed(&open(operator).await, operator).await.unwrap())
        })
        .await;
    watch
        .of("list_questions", async || drop(clusters::list_questions(&open(operator).await, operator).await.unwrap()))
        .await;
    let quotas_of = &world.survey::<SetQuotas>("operator").await;
    let all = async || {
        let open = world.db.survey(quotas_of, now()).await.unwrap();
        drop(quotas::list_all_quotas(&open, quotas_of).await.unwrap());
    };
    watch.of("list_all_quotas", all).await;
    let sells = &world.survey::<SetPrices>("finance").await;
    let priced = async || {
        let open = world.db.survey(sells, now()).await.unwrap();
        drop(prices::list_prices(&open, sells).await.unwrap());
        drop(prices::list_tax_rules(&open, sells).await.unwrap());
    };
    watch.of("list_prices", priced).await;
    watch.called.push("list_tax_rules");
    let bills = &world.survey::<ReadInvoices>("finance").await;
    for status in [None, Some(InvoiceStatus::Draft), Some(InvoiceStatus::Finalised)] {
        let page = async |page| {
            let open = world.db.survey(bills, now()).await.unwrap();
            invoices::list_for_review(&open, bills, status, &page).await
        };
        watch.of("list_for_review", async || both_pages(&page).await).await;
    }
    let page = async |page| {
        let open = world.db.survey(bills, now()).await.unwrap();
        invoices::list_all_credit_notes(&open, bills, &page).await
    };
    watch.of("list_all_credit_notes", async || both_pages(&page).await).await;
    let signatures = async || {
        let open = world.db.survey(bills, now()).await.unwrap();
        drop(sign_off::list_sign_offs(&open, bills).await.unwrap());
        drop(sign_off::list_sign_off_limits(&open, bills).await.unwrap());
    };
    watch.of("list_sign_offs", signatures).await;
    watch.called.push("list_sign_off_limits");
    let page = async |page| {
        let open = world.db.survey(bills, now()).await.unwrap();
        billing::list_running_periods(&open, bills, &page).await
    };
    watch.of("list_running_periods", async || both_pages(&page).await).await;
    let tenants = &world.survey::<ReadOrganisation>("operator").await;
    let page = async |page| {
        let open = world.db.survey(tenants, now()).await.unwrap();
        organisations::list_organisations(&open, tenants, None, &page).await
    };
    watch.of("list_organisations", async || both_pages(&page).await).await;
    let confirms = &world.survey::<ConfirmDomains>("operator").await;
    let domains = async || {
        let open = world.db.survey(confirms, now()).await.unwrap();
        drop(organisations::list_domains(&open, confirms).await.unwrap());
    };
    watch.of("list_domains", domains).await;
    let staff = &world.survey::<ReadStaff>("auditor").await;
    let people = async || {
        drop(list_staff(&world.db.survey(staff, now()).await.unwrap(), staff).await.unwrap());
    };
    watch.of("list_staff", people).await;
    let proposals = async || {
        drop(list_proposals(&world.db.survey(staff, now()).await.unwrap(), staff).await.unwrap());
    };
    watch.of("list_proposals", proposals).await;
    let resets = async || {
        drop(list_factor_resets(&world.db.survey(staff, now()).await.unwrap(), staff).await.unwrap());
    };
    watch.of("list_factor_resets", resets).await;
    let audits = &world.survey::<ReadInstallationAudit>("auditor").await;
    for filter in
        [AuditFilter::default(), AuditFilter { organisation: Some(books.tenant.id), ..AuditFilter::default() }]
    {
        let page = async |page| {
            let open = world.db.survey(audits, now()).await.unwrap();
            audit::list_installation(&open, audits, &filter, &page).await
        };
        watch.of("list_installation", async || both_pages(&page).await).await;
    }
}

#[tokio::test]
async fn no_list_reads_a_big_table_from_end_to_end() {
    let (books, invoice) = filled().await;
    let world = books.world.clone();
    let mut watch = Watch { world, called: Vec::new(), found: Vec::new(), before: BTreeMap::new() };
    watch.before = watch.scans().await;
    of_a_tenant(&mut watch, &books, invoice).await;
    of_staff(&mut watch, &books).await;
    bookkeeping::of_the_books(&mut watch, &books).await;
    received::transfers(&mut watch, &books).await;
    received::papers(&mut watch, &books).await;
    contested::lines(&mut watch, &books, invoice).await;
    refunds::refunds(&mut watch, &books).await;
    assert_eq!(watch.found, [""; 0]);
    let missing: Vec<_> = lists::all().into_iter().filter(|list| !watch.called.contains(&list.as_str())).collect();
    assert_eq!(missing, [""; 0], "these lists are not watched");
    // The watch itself sees: this one reads everything.
    let of_everybody = async || {
        let open = books.world.db.work(world::JOB, now()).await.unwrap();
        drop(ledger::checks::run(&open).await.unwrap());
    };
    watch.of("checks", of_everybody).await;
    assert!(watch.found.contains(&"checks reads all of posting".to_owned()), "{:?}", watch.found);
}
