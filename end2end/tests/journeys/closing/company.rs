//! What the month is closed for besides the demo's organisations: companies that used an hour in it and have paid nothing
//! yet, a second person of finance, and a draft that is held so that others wait for it.

use anyhow::Context;
use domain::{
    Clock,
    founding::{Founding, NewOrganisation},
};
use end2end::{Portal, SignIn};
use sea_orm::{ConnectionTrait, Database, DatabaseTransaction, TransactionTrait};
use types::{Currency, StaffRole, Timestamp};

/// An instance of each company, which ran for an hour on the fourth day of the month, and ended.
const AN_HOUR_EACH: &str = "
    CREATE TEMP TABLE used AS
        SELECT p.organisation_id, p.id AS project_id, gen_random_uuid() AS instance_id, gen_random_uuid() AS lease_id,
            nextval('wish_seq') AS seq, b.started_at + interval '3 days' AS started_at,
            b.started_at + interval '3 days 1 hour' AS ended_at
        FROM project p
        JOIN organisation o ON o.id = p.organisation_id AND o.slug LIKE 'company-%'
        JOIN billing_period b ON b.organisation_id = o.id AND b.ended_at IS NULL;
    INSERT INTO instance (organisation_id, id, project_id, cluster_id, name, flavour_id, units, template, image,
        environment, wish, wish_seq, applied_seq, wished_at, attempt, phase, phase_at, launched_by, launched_at)
    SELECT u.organisation_id, u.instance_id, u.project_id, c.id, 'fitting', f.id, 1, 'ubuntu',
        'r@sha256:' || repeat('0', 64), '{}', 'stopped', u.seq, u.seq, u.started_at, 1, 'stopped', u.ended_at,
        (SELECT id FROM person LIMIT 1), u.started_at
    FROM used u, cluster c, flavour f WHERE f.slug = 'l40s';
    INSERT INTO lease (organisation_id, id, subject_kind, subject_id, project_id, cluster_id, flavour_id, units, attempt,
        started_at, ended_at)
    SELECT u.organisation_id, u.lease_id, 'pod', u.instance_id, u.project_id, c.id, f.id, 1, 1, u.started_at, u.ended_at
    FROM used u, cluster c, flavour f WHERE f.slug = 'l40s';
    INSERT INTO usage_interval (organisation_id, id, lease_id, started_at, ended_at, billable, cut_at)
    SELECT organisation_id, gen_random_uuid(), lease_id, started_at, ended_at, true, ended_at FROM used;
    DROP TABLE used";

/// Makes `n` companies in the month that is over, before the portal is started, and the colleague, who can sign in.
pub(super) async fn prepare(portal: &Portal, n: usize) -> anyhow::Result<SignIn> {
    let founding = Founding::connect(&portal.database().owner_url()).await?;
    let month = month_before(portal).await?;
    for place in 1..=n {
        let id = founding.open_organisation(&company(&format!("company-{place}")), month).await?;
        founding.add_project(id, "research", "Research", month).await?;
    }
    let owner = Database::connect(portal.database().owner_url()).await?;
    owner.execute_unprepared(AN_HOUR_EACH).await?;
    owner.close().await?;
    let colleague = SignIn {
        email: "colleague@hub.example".to_owned(),
        password: "seven lanterns by the quay".to_owned(),
        role: "finance of the hub".to_owned(),
    };
    let now = Clock::System.now();
    let user = founding.add_person(&colleague.email, "Farid Finance", &colleague.password, now).await?;
    founding.appoint(user, StaffRole::Finance, now).await?;
    Ok(colleague)
}

/// The first instant of the month that is over: where the period of the demo's organisation begins, which nobody has closed.
async fn month_before(portal: &Portal) -> anyhow::Result<Timestamp> {
    let sql = "SELECT to_char(p.started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') AS at
               FROM billing_period p JOIN organisation o ON o.id = p.organisation_id
               WHERE o.slug = 'rif-biomed' AND p.ended_at IS NULL";
    let rows = portal.database().rows(sql).await?;
    let at = rows.first().and_then(|row| row["at"].as_str()).context("no period of Rif Biomed runs")?;
    Ok(at.parse()?)
}

fn company(slug: &str) -> NewOrganisation {
    NewOrganisation {
        slug: slug.to_owned(),
        name: slug.to_owned(),
        legal_name: format!("{slug} SARL"),
        address: "Avenue Hassan II, Tétouan".to_owned(),
        country: "MA".to_owned(),
        is_business: true,
        ice: Some("001234567000089".to_owned()),
        tax_id: Some("12345678".to_owned()),
        trade_register: None,
        business_tax: None,
        currency: Currency::Mad,
        language: "en".to_owned(),
        time_zone: "Africa/Casablanca".to_owned(),
    }
}

/// A draft that nobody can finalise until it is let go.
pub(super) struct Held(DatabaseTransaction);

impl Held {
    /// Holds the draft that has so many before it, in the order in which they are finalised.
    pub(super) async fn middle_draft(portal: &Portal, before: usize) -> anyhow::Result<Self> {
        let tx = Database::connect(portal.database().owner_url()).await?.begin().await?;
        // As whoever changes it does: a run that names it begins all the same.
        let sql = format!(
            "SELECT FROM invoice WHERE id = (
                 SELECT id FROM invoice WHERE status = 'draft' ORDER BY id OFFSET {before} LIMIT 1) FOR NO KEY UPDATE"
        );
        tx.execute_unprepared(&sql).await?;
        Ok(Self(tx))
    }

    /// Lets it go.
    pub(super) async fn let_go(self) -> anyhow::Result<()> {
        Ok(self.0.rollback().await?)
    }
}
