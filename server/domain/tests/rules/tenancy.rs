//! The second wall: what each role of the database can reach of each table, and what a forgotten scope reads.

use crate::fleet::{Fleet, pod, ready};
use crate::world::noon;
use domain::{
    Error,
    access::policy::{ChangeInstances, ReadInstances, ReadOrganisation, StopInstances},
    catalogue::list_flavours_in,
    instances::{delete_instance, instance_in, list_instances_in, start_instance, stop_instance},
    quotas::list_quotas_in,
};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};
use types::{ChangeInstance, Cursor, InstanceFilter, InstanceId, StopInstance};

/// Tables that everybody may read, since their rows are the installation's.
const OF_THE_INSTALLATION: [&str; 10] = [
    "cluster",
    "cluster_observation",
    "flavour",
    "installation",
    "node_flavour",
    "price",
    "receiving_account",
    "sign_off_limit",
    "storage_policy",
    "tax_rule",
];

async fn connect(url: String) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    Database::connect(options).await.unwrap()
}

async fn texts(database: &DatabaseConnection, sql: &str) -> Vec<String> {
    let rows = database.query_all_raw(Statement::from_string(DbBackend::Postgres, sql)).await.unwrap();
    rows.iter().map(|row| row.try_get("", "text").unwrap()).collect()
}

/// How many rows a role reads of a table without having said whose; nothing where it may not read it at all.
async fn read(database: &DatabaseConnection, table: &str) -> Option<i64> {
    let sql = format!("SELECT count(*) AS n FROM {table}");
    let row = database.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await.ok()??;
    Some(row.try_get("", "n").unwrap())
}

const TABLES: &str = "SELECT c.relname::text AS text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                      WHERE n.nspname = 'public' AND c.relkind = 'r' AND c.relname <> 'seaql_migrations' ORDER BY 1";

/// Both tenants with an instance that ran and stopped, money, grants and quotas.
async fn lived_in() -> Fleet {
    let fleet = Fleet::new().await;
    for tenant in [fleet.world.atlas, fleet.world.breton] {
        let view = fleet.launch(tenant, "one", noon()).await;
        fleet.pod(ready(pod(tenant, view.id, 1, noon()), noon().plus_seconds(5)), noon().plus_seconds(6)).await;
    }
    fleet
}

#[tokio::test]
async fn a_forgotten_scope_reads_nothing_of_any_tenants_table() {
    let fleet = lived_in().await;
    let database = fleet.world.database();
    let (owner, tenant) = (connect(database.owner_url()).await, connect(database.tenant_url()).await);
    let mut n_filled = 0;
    // A table that nobody has filled yet hides nothing: it must say by itself that it would.
    let walls = "SELECT relname::text AS text FROM pg_class WHERE relnamespace = 'public'::regnamespace
                 AND relkind = 'r' AND relrowsecurity";
    let walls = texts(&owner, walls).await;
    for table in texts(&owner, TABLES).await {
        if OF_THE_INSTALLATION.contains(&table.as_str()) {
            continue;
        }
        n_filled += i64::from(read(&owner, &table).await.unwrap() > 0);
        let reached = read(&tenant, &table).await;
        assert!(
            reached.is_none() || walls.contains(&table),
            "{table} is open to every tenant without row-level security"
        );
        let rows = reached.unwrap_or(0);
        // The hub itself is on every invoice, and the house's accounts are nobody's.
        let allowed = match table.as_str() {
            "organisation" => 1,
            "account" => rows_of_the_house(&owner).await,
            _ => 0,
        };
        assert_eq!(rows, allowed, "{table}");
    }
    assert!(n_filled >= 15, "only {n_filled} tables had rows to hide");
}

async fn rows_of_the_house(owner: &DatabaseConnection) -> i64 {
    read(owner, "(SELECT 1 FROM account WHERE organisation_id IS NULL) house").await.unwrap()
}

#[tokio::test]
async fn a_worker_that_forgot_its_organisation_changes_no_tenants_row() {
    let fleet = lived_in().await;
    let database = fleet.world.database();
    let (owner, worker) = (connect(database.owner_url()).await, connect(database.worker_url()).await);
    let tables = "SELECT table_name::text AS text FROM information_schema.columns
                  WHERE table_schema = 'public' AND column_name = 'organisation_id' ORDER BY 1";
    for table in texts(&owner, tables).await {
        for change in ["UPDATE", "DELETE"] {
            let sql = match change {
                "UPDATE" => format!("UPDATE {table} SET organisation_id = organisation_id"),
                _ => format!("DELETE FROM {table}"),
            };
            let changed = worker.execute_unprepared(&sql).await.map_or(0, |result| result.rows_affected());
            assert_eq!(changed, 0, "{change} {table}");
        }
    }
}

#[tokio::test]
async fn each_table_stands_in_the_list_with_what_each_role_reaches_of_it() {
    let fleet = Fleet::new().await;
    let owner = connect(fleet.world.database().owner_url()).await;
    let reach = "SELECT rpad(c.relname, 24) || string_agg(rpad(role || ': ' || CASE
                     WHEN NOT (has_table_privilege('tamuda_' || role, c.oid, 'SELECT, INSERT, UPDATE, DELETE')
                               OR has_any_column_privilege('tamuda_' || role, c.oid, 'SELECT, INSERT, UPDATE')) THEN '-'
                     WHEN NOT c.relrowsecurity THEN 'every row'
                     ELSE coalesce((SELECT string_agg(p.polname, ' ' ORDER BY p.polname) FROM pg_policy p
                                    WHERE p.polrelid = c.oid AND ('tamuda_' || role)::regrole = ANY (p.polroles)), 'NO POLICY')
                     END, 32), '' ORDER BY n) AS text
                 FROM pg_class c JOIN pg_namespace s ON s.oid = c.relnamespace,
                     unnest(ARRAY['tenant', 'staff', 'worker']) WITH ORDINALITY AS r(role, n)
                 WHERE s.nspname = 'public' AND c.relkind = 'r' AND c.relname <> 'seaql_migrations'
                 GROUP BY c.oid, c.relname ORDER BY c.relname";
    let lines: Vec<String> = texts(&owner, reach).await.iter().map(|line| line.trim_end().to_owned()).collect();
    insta::assert_snapshot!(lines.join("\n"));
}

#[tokio::test]
async fn functions_with_the_owners_rights_look_into_no_schema_that_a_role_can_fill() {
    let fleet = Fleet::new().await;
    let owner = connect(fleet.world.database().owner_url()).await;
    let open = "SELECT p.oid::regprocedure::text AS text FROM pg_proc p
                WHERE p.prosecdef AND p.pronamespace = 'public'::regnamespace
                AND NOT coalesce('search_path=public, pg_temp' = ANY (p.proconfig), false) ORDER BY 1";
    assert_eq!(texts(&owner, open).await, [""; 0]);
    let all = "SELECT p.oid::regprocedure::text AS text FROM pg_proc p WHERE p.prosecdef";
    assert!(texts(&owner, all).await.len() > 10);
}

#[tokio::test]
async fn what_is_a_persons_own_is_reached_by_functions_that_ask_the_database_who_it_is() {
    let fleet = lived_in().await;
    let database = fleet.world.database();
    let (owner, tenant) = (connect(database.owner_url()).await, connect(database.tenant_url()).await);
    let told = "SELECT p.oid::regprocedure::text AS text FROM pg_proc p
                WHERE p.proname IN ('ask_for_address', 'address_of_change', 'change_address', 'close_account',
                                    'audit_about', 'own_letters')
                AND 'uuid'::regtype = ANY (p.proargtypes) ORDER BY 1";
    assert_eq!(texts(&owner, told).await, [""; 0], "nobody else can be named");
    assert_eq!(read(&tenant, "audit_about(100)").await, Some(0));
    assert_eq!(read(&tenant, "own_letters()").await, Some(0));
    let people = "SELECT user_id::text AS text FROM audit WHERE user_id IS NOT NULL LIMIT 1";
    let person = texts(&owner, people).await.remove(0);
    tenant.execute_unprepared(&format!("SET tamuda.\"user\" = '{person}'")).await.unwrap();
    assert!(read(&tenant, "audit_about(100)").await > Some(0));
}

#[tokio::test]
async fn every_reference_between_tables_of_tenants_names_the_organisation_too() {
    let fleet = Fleet::new().await;
    let owner = connect(fleet.world.database().owner_url()).await;
    let of_tenants = "(SELECT attrelid FROM pg_attribute WHERE attname = 'organisation_id' AND NOT attisdropped)";
    // Foreign keys ignore policies: one without the organisation could name a row of somebody else.
    let lonely = format!(
        "SELECT c.conrelid::regclass::text || ': ' || pg_get_constraintdef(c.oid) AS text FROM pg_constraint c
         WHERE c.contype = 'f' AND c.conrelid IN {of_tenants} AND c.confrelid IN {of_tenants}
         AND NOT EXISTS (
             SELECT 1 FROM unnest(c.conkey, c.confkey) AS k (own, other)
             JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.own
             JOIN pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = k.other
             WHERE a.attname = 'organisation_id' AND b.attname = 'organisation_id') ORDER BY 1"
    );
    // An account of the house is nobody's: there a trigger compares (`ledger.rs` tests it).
    assert_eq!(texts(&owner, &lonely).await, ["posting: FOREIGN KEY (account_id) REFERENCES account(id)"]);
    // A column that names a tenant's row has a reference at all.
    let unbound = format!(
        "SELECT a.attrelid::regclass::text || '.' || a.attname AS text FROM pg_attribute a
         JOIN pg_class t ON t.oid = a.attrelid AND t.relkind = 'r' AND t.relnamespace = 'public'::regnamespace
         WHERE a.attrelid IN {of_tenants} AND a.attname ~ '_id$' AND a.attname <> 'organisation_id'
         AND a.atttypid = 'uuid'::regtype
         AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conrelid = a.attrelid AND c.contype = 'f'
                         AND a.attnum = ANY (c.conkey)) ORDER BY 1"
    );
    // What a lease is of stands beside it in a column for each kind, and each of these has its reference.
    assert_eq!(texts(&owner, &unbound).await, ["lease.subject_id"]);
}

#[tokio::test]
async fn a_proof_of_one_organisation_opens_nothing_in_another() {
    let fleet = lived_in().await;
    let world = &fleet.world;
    let home = world.scope::<(ReadInstances, ReadOrganisation)>("owner@atlas.test", world.atlas).await;
    let tx = world.db.look(&home, noon()).await.unwrap();
    let foreign = world.scope::<ReadInstances>("owner@breton.test", world.breton).await;
    let list = list_instances_in(&tx, &foreign, InstanceFilter::default(), &Cursor::default()).await;
    assert!(matches!(list, Err(Error::NotFound)), "{list:?}");
    let foreign = world.scope::<ReadOrganisation>("owner@breton.test", world.breton).await;
    assert!(matches!(list_flavours_in(&tx, &foreign).await, Err(Error::NotFound)));
    assert!(matches!(list_quotas_in(&tx, &foreign).await, Err(Error::NotFound)));
}

#[tokio::test]
async fn a_foreign_instance_answers_like_one_that_never_was() {
    let fleet = lived_in().await;
    let world = &fleet.world;
    let theirs = fleet.launch(world.breton, "theirs", noon()).await.id;
    for instance in [theirs, InstanceId::new(noon())] {
        let read = world.scope::<ReadInstances>("owner@atlas.test", world.atlas).await;
        let tx = world.db.look(&read, noon()).await.unwrap();
        assert!(matches!(instance_in(&tx, &read, instance).await, Err(Error::NotFound)));
        let stop = world.scope::<StopInstances>("owner@atlas.test", world.atlas).await;
        let ask = StopInstance { instance, version: None, reason: None };
        assert!(matches!(stop_instance(&world.db, &stop, &ask, noon()).await, Err(Error::NotFound)));
        let change = world.scope::<ChangeInstances>("owner@atlas.test", world.atlas).await;
        let ask = ChangeInstance { instance, version: None };
        assert!(matches!(start_instance(&world.db, &change, ask, noon()).await, Err(Error::NotFound)));
        assert!(matches!(delete_instance(&world.db, &change, ask, noon()).await, Err(Error::NotFound)));
    }
}
