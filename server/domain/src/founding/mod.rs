//! Setting up an installation as the database's owner: what `tamuda admin` and the tests' worlds begin with.
//! The portal itself never connects as the owner.

use sea_orm::{
    ConnectOptions, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, Statement, TransactionTrait,
    Value,
};
use types::{ClusterId, Currency, OrganisationId, ProjectId, Role, StaffRole, Timestamp, UserId};
use uuid::Uuid;

use crate::{Result, access::hash_password, database::statement};

/// The owner's connection, or a transaction on it.
#[derive(Debug)]
pub struct Founding<C = DatabaseConnection>(C);

/// What is on an organisation's invoices, and how it pays.
#[derive(Clone, Debug)]
pub struct NewOrganisation {
    /// Its word in addresses.
    pub slug: String,
    /// What people call it.
    pub name: String,
    /// What the law calls it.
    pub legal_name: String,
    /// Street and town.
    pub address: String,
    /// Two capital letters.
    pub country: String,
    /// Whether it buys as a business.
    pub is_business: bool,
    /// The Moroccan ICE, where it has one.
    pub ice: Option<String>,
    /// The tax number (IF).
    pub tax_id: Option<String>,
    /// The trade register's number (RC).
    pub trade_register: Option<String>,
    /// The business tax number (TP).
    pub business_tax: Option<String>,
    /// The one currency it pays in.
    pub currency: Currency,
    /// The language of its documents: en, fr or ar.
    pub language: String,
    /// The zone in which its days begin.
    pub time_zone: String,
}

impl Founding {
    /// Connects as the owner.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn connect(owner_url: &str) -> Result<Self> {
        let mut options = ConnectOptions::new(owner_url);
        options.max_connections(2).sqlx_logging(false);
        Ok(Self(sea_orm::Database::connect(options).await?))
    }

    /// Opens a transaction, for what must be done whole or not at all.
    ///
    /// # Errors
    /// Only the database's own.
    pub async fn begin(&self) -> Result<Founding<DatabaseTransaction>> {
        Ok(Founding(self.0.begin().await?))
    }
}

impl Founding<DatabaseTransaction> {
    /// Makes it true.
    ///
    /// # Errors
    /// Only the database's own.
    pub async fn commit(self) -> Result<()> {
        Ok(self.0.commit().await?)
    }
}

impl<C: ConnectionTrait> Founding<C> {
    /// Makes the installation with its hub, the seller on every invoice, and the tax rules of the hub's country.
    ///
    /// # Errors
    /// A conflict when there is an installation already.
    pub async fn found_installation(&self, hub: &NewOrganisation, now: Timestamp) -> Result<OrganisationId> {
        let id = self.insert_hub(hub, now).await?;
        let sql = "INSERT INTO installation (id, hub_id, created_at) VALUES ($1, $2, $3)";
        self.run(sql, [types::new_uuid(now).into(), id.into(), now.into()]).await?;
        self.adopt_tax_rules(&hub.country).await?;
        Ok(id)
    }

    /// The hub, where the installation was made before.
    ///
    /// # Errors
    /// Only the database's own.
    pub async fn hub(&self) -> Result<Option<OrganisationId>> {
        let row = self.0.query_one_raw(statement("SELECT hub_id FROM installation", [])).await?;
        Ok(row.map(|row| row.try_get::<Uuid>("", "hub_id")).transpose()?.map(OrganisationId::from_uuid))
    }

    /// Adds a person who signs in with a password.
    ///
    /// # Errors
    /// `Invalid` for a password of the wrong length; a conflict for an address that is taken.
    pub async fn add_person(&self, email: &str, name: &str, password: &str, now: Timestamp) -> Result<UserId> {
        let (id, hash) = (UserId::new(now), hash_password(password.to_owned()).await?);
        let sql = "INSERT INTO person (id, email, name, password_hash, created_at) VALUES ($1, lower($2), $3, $4, $5)";
        self.run(sql, [id.into(), email.into(), name.into(), hash.into(), now.into()]).await?;
        Ok(id)
    }

    /// Gives a person a role at the hub.
    ///
    /// # Errors
    /// Only the database's own.
    pub async fn appoint(&self, user: UserId, role: StaffRole, now: Timestamp) -> Result<()> {
        let sql = "INSERT INTO staff (user_id, role, since) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
        self.run(sql, [user.into(), role.word().into(), now.into()]).await
    }

    /// Opens an organisation: its first period, its settlement's timer and its namespace in every cluster begin now.
    ///
    /// # Errors
    /// A conflict for a slug that is taken.
    pub async fn open_organisation(&self, ask: &NewOrganisation, now: Timestamp) -> Result<OrganisationId> {
        let now = now.floor();
        let id = OrganisationId::new(now);
        let sql =
            "SELECT open_organisation($14, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $15, $16) AS done";
        let query = ask.statement(sql, [id.into(), types::new_uuid(now).into(), now.into()]);
        let row = self.0.query_one_raw(query).await?;
        let done = row.map(|row| row.try_get::<bool>("", "done")).transpose()?;
        if done == Some(true) { Ok(id) } else { Err(crate::Error::Conflict("slug-taken")) }
    }

    /// The tenant with this slug.
    ///
    /// # Errors
    /// `NotFound` when there is none.
    pub async fn organisation(&self, slug: &str) -> Result<OrganisationId> {
        let sql = "SELECT id FROM organisation WHERE slug = $1 AND kind = 'tenant'";
        let row = self.0.query_one_raw(statement(sql, [slug.into()])).await?;
        let id = row.map(|row| row.try_get::<Uuid>("", "id")).transpose()?;
        id.map(OrganisationId::from_uuid).ok_or(crate::Error::NotFound)
    }

    /// Lets an organisation owe up to this much; zero is prepaid.
    ///
    /// # Errors
    /// Only the database's own.
    pub async fn set_credit_limit(&self, organisation: OrganisationId, micros: i64) -> Result<()> {
        let sql = "UPDATE organisation SET credit_limit_micros = $2 WHERE id = $1";
        self.run(sql, [organisation.into(), micros.into()]).await
    }

    /// Makes a person a member of an organisation.
    ///
    /// # Errors
    /// Only the database's own.
    pub async fn add_member(&self, at: OrganisationId, user: UserId, role: Role, now: Timestamp) -> Result<()> {
        let sql = "INSERT INTO member (organisation_id, user_id, role, joined_at) VALUES ($1, $2, $3, $4)";
        self.run(sql, [at.into(), user.into(), role.word().into(), now.into()]).await
    }

    /// Adds a project to an organisation.
    ///
    /// # Errors
    /// A conflict for a slug that is taken.
    pub async fn add_project(&self, at: OrganisationId, slug: &str, name: &str, now: Timestamp) -> Result<ProjectId> {
        let id = ProjectId::new(now);
        let sql = "INSERT INTO project (organisation_id, id, slug, name, created_at) VALUES ($1, $2, $3, $4, $5)";
        self.run(sql, [at.into(), id.into(), slug.into(), name.into(), now.into()]).await?;
        Ok(id)
    }

    /// Makes a cluster known, or finds it by its name; every organisation gets a namespace there.
    ///
    /// # Errors
    /// Only the database's own.
    pub async fn register_cluster(
        &self,
        name: &str,
        region: &str,
        simulated: bool,
        now: Timestamp,
    ) -> Result<ClusterId> {
        let sql = "INSERT INTO cluster (id, name, region, simulated, created_at) VALUES ($1, $2, $3, $4, $5)
                   ON CONFLICT (name) DO UPDATE SET region = excluded.region RETURNING id";
        let values: [Value; 5] = [ClusterId::new(now).into(), name.into(), region.into(), simulated.into(), now.into()];
        let row = self.0.query_one_raw(statement(sql, values)).await?;
        let id = row.map(|row| row.try_get::<Uuid>("", "id")).transpose()?;
        let id = ClusterId::from_uuid(id.ok_or(crate::Error::NotFound)?);
        let namespaces = "INSERT INTO namespace (organisation_id, cluster_id, wish_seq)
                          SELECT id, $1, nextval('wish_seq') FROM organisation WHERE kind = 'tenant'
                          ON CONFLICT DO NOTHING";
        self.run(namespaces, [id.into()]).await?;
        Ok(id)
    }

    async fn insert_hub(&self, ask: &NewOrganisation, now: Timestamp) -> Result<OrganisationId> {
        let id = OrganisationId::new(now);
        let sql = "INSERT INTO organisation (id, kind, slug, name, legal_name, address, country, is_business, ice,
                       tax_id, trade_register, business_tax, currency, language, time_zone, state, created_at)
                   VALUES ($14, 'hub', $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'active', $15)";
        self.0.execute_raw(ask.statement(sql, [id.into(), now.into()])).await?;
        Ok(id)
    }

    pub(crate) async fn run<const N: usize>(&self, sql: &str, values: [Value; N]) -> Result<()> {
        self.0.execute_raw(statement(sql, values)).await?;
        Ok(())
    }
}

impl NewOrganisation {
    /// A statement with its fields in their order as the first thirteen values, and `more` after them.
    fn statement<const N: usize>(&self, sql: &str, more: [Value; N]) -> Statement {
        let ask = self.clone();
        let own: [Value; 13] = [
            ask.slug.into(),
            ask.name.into(),
            ask.legal_name.into(),
            ask.address.into(),
            ask.country.into(),
            ask.is_business.into(),
            ask.ice.into(),
            ask.tax_id.into(),
            ask.trade_register.into(),
            ask.business_tax.into(),
            ask.currency.word().into(),
            ask.language.into(),
            ask.time_zone.into(),
        ];
        Statement::from_sql_and_values(DbBackend::Postgres, sql, own.into_iter().chain(more))
    }
}
