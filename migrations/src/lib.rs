//! The database's shape, step by step. Never uses the entities, which change after a step was written.
//! A step is plain SQL for PostgreSQL 15; row-level security stands in it beside the table.

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::prelude::*;

/// Declares a step from its SQL.
macro_rules! step {
    ($up:expr) => {
        #[derive(sea_orm_migration::prelude::DeriveMigrationName)]
        pub(crate) struct Migration;

        #[sea_orm_migration::async_trait::async_trait]
        impl sea_orm_migration::prelude::MigrationTrait for Migration {
            async fn up(
                &self,
                manager: &sea_orm_migration::prelude::SchemaManager,
            ) -> Result<(), sea_orm_migration::prelude::DbErr> {
                use sea_orm_migration::prelude::ConnectionTrait as _;
                manager.get_connection().execute_unprepared(&$up).await?;
                Ok(())
            }
        }
    };
}
pub(crate) use step;

mod m20261122_000001_create_access;
mod m20261122_000002_create_commands;
mod m20261122_000003_create_clusters;
mod m20261122_000004_create_catalogue;
mod m20261122_000005_create_instances;
mod m20261122_000006_create_ledger;
mod m20261122_000007_create_metering;
mod m20261122_000008_create_billing;
mod m20261122_000009_open_schema_version;
mod m20261129_000010_create_outbox;
mod m20261129_000011_create_email_proofs;
mod m20261129_000012_create_invitations;
mod m20261129_000013_create_registrations;
mod m20261129_000014_create_identities;
mod m20261129_000015_create_budgets;
mod m20261129_000016_create_tokens;
mod m20261129_000017_create_factors;
mod m20261129_000018_open_settings;
mod m20261129_000019_extend_access;
mod m20261129_000020_close_organisations;
mod m20261129_000021_share_throttle;
mod m20261129_000022_create_credit_notes;
mod m20261129_000024_take_payments;
mod m20261129_000025_stop_accounts;
mod m20261129_000026_close_projects;
mod m20261129_000027_receive_transfers;
mod m20261129_000028_order_journal;
mod m20261129_000030_warn_of_money;
mod m20261130_000031_save_cards;
mod m20261130_000032_top_up_by_itself;
mod m20261130_000033_refund;
mod m20261130_000034_sign_by_two;
mod m20261130_000035_contest_lines;
mod m20261130_000036_close_months;
mod m20261130_000037_remind_of_debts;
mod m20261130_000038_keep_documents;
mod m20261130_000039_limit_organisations;
mod m20261130_000040_withhold_tax;
mod m20261130_000041_keep_volumes;
mod m20261130_000043_follow_rates;
mod m20261130_000047_tell_the_hub;
mod m20261130_000048_use_signatures;
mod policies;
mod roles;

pub use roles::{RoleOutcome, make_role};

/// The roles that the program connects as; none owns a table.
pub const ROLES: [&str; 3] = ["tamuda_tenant", "tamuda_staff", "tamuda_worker"];

/// All steps, oldest first.
#[derive(Debug)]
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261122_000001_create_access::Migration),
            Box::new(m20261122_000002_create_commands::Migration),
            Box::new(m20261122_000003_create_clusters::Migration),
            Box::new(m20261122_000004_create_catalogue::Migration),
            Box::new(m20261122_000005_create_instances::Migration),
            Box::new(m20261122_000006_create_ledger::Migration),
            Box::new(m20261122_000007_create_metering::Migration),
            Box::new(m20261122_000008_create_billing::Migration),
            Box::new(m20261122_000009_open_schema_version::Migration),
            Box::new(m20261129_000010_create_outbox::Migration),
            Box::new(m20261129_000011_create_email_proofs::Migration),
            Box::new(m20261129_000012_create_invitations::Migration),
            Box::new(m20261129_000013_create_registrations::Migration),
            Box::new(m20261129_000014_create_identities::Migration),
            Box::new(m20261129_000015_create_budgets::Migration),
            Box::new(m20261129_000016_create_tokens::Migration),
            Box::new(m20261129_000018_open_settings::Migration),
            Box::new(m20261129_000017_create_factors::Migration),
            Box::new(m20261129_000019_extend_access::Migration),
            Box::new(m20261129_000020_close_organisations::Migration),
            Box::new(m20261129_000021_share_throttle::Migration),
            Box::new(m20261129_000022_create_credit_notes::Migration),
            Box::new(m20261129_000025_stop_accounts::Migration),
            Box::new(m20261129_000026_close_projects::Migration),
            Box::new(m20261129_000027_receive_transfers::Migration),
            Box::new(m20261129_000028_order_journal::Migration),
            Box::new(m20261129_000030_warn_of_money::Migration),
            // Behind those that name the kinds of accounts anew: it knows all of them.
            Box::new(m20261129_000024_take_payments::Migration),
            Box::new(m20261130_000031_save_cards::Migration),
            Box::new(m20261130_000032_top_up_by_itself::Migration),
            Box::new(m20261130_000033_refund::Migration),
            Box::new(m20261130_000034_sign_by_two::Migration),
            Box::new(m20261130_000035_contest_lines::Migration),
            Box::new(m20261130_000036_close_months::Migration),
            Box::new(m20261130_000037_remind_of_debts::Migration),
            Box::new(m20261130_000038_keep_documents::Migration),
            Box::new(m20261130_000039_limit_organisations::Migration),
            Box::new(m20261130_000040_withhold_tax::Migration),
            Box::new(m20261130_000041_keep_volumes::Migration),
            Box::new(m20261130_000043_follow_rates::Migration),
            Box::new(m20261130_000047_tell_the_hub::Migration),
            Box::new(m20261130_000048_use_signatures::Migration),
        ]
    }
}
