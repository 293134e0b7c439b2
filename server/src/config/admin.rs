//! The settings of `tamuda admin …`: who the hub is, its first people, organisations and clusters.

use std::{path::PathBuf, str::FromStr};

use clap::{Args, Subcommand};
use domain::founding::NewOrganisation;
use types::{Currency, Role, StaffRole};

use super::{ClusterArguments, Databases, Mode, Owner};

/// What the database's owner does.
#[derive(Debug, Subcommand)]
pub enum AdminVerb {
    /// Found the installation: the hub is the seller on every invoice
    Found(Founded),
    /// Make a cluster known under the name of --cluster-name; safe to repeat
    RegisterCluster(ClusterRegistration),
    /// Open an organisation, with its first project
    OpenOrganisation(Founded),
    /// Add somebody who signs in with a password, as staff of the hub or as a member
    AddPerson(NewPerson),
    /// Make the demonstration world, or find it, and print who can sign in; production refuses
    SeedDemo(SeedDemoArguments),
}

/// A hub or an organisation that comes to be.
#[derive(Debug, Args)]
pub struct Founded {
    #[command(flatten)]
    pub identity: Identity,
    #[command(flatten)]
    pub owner: Owner,
}

/// What stands on invoices.
#[derive(Clone, Debug, Args)]
pub struct Identity {
    /// Its word in addresses: small letters, digits, dashes
    #[arg(long, value_parser = slug)]
    pub slug: String,
    /// What people call it
    #[arg(long)]
    pub name: String,
    /// What the law calls it
    #[arg(long)]
    pub legal_name: String,
    /// Street and town
    #[arg(long)]
    pub address: String,
    /// Two capital letters
    #[arg(long, default_value = "MA", value_parser = country)]
    pub country: String,
    /// A private person, not a business
    #[arg(long)]
    pub private: bool,
    /// The Moroccan ICE
    #[arg(long)]
    pub ice: Option<String>,
    /// The tax number (IF)
    #[arg(long)]
    pub tax_id: Option<String>,
    /// The trade register's number (RC)
    #[arg(long)]
    pub trade_register: Option<String>,
    /// The business tax number (TP)
    #[arg(long)]
    pub business_tax: Option<String>,
    /// The one currency it pays in: MAD, EUR or USD
    #[arg(long, default_value = "MAD")]
    pub currency: Currency,
    /// The language of its documents
    #[arg(long, default_value = "fr", value_parser = ["en", "fr", "ar"])]
    pub language: String,
    /// The zone in which its days begin
    #[arg(long, default_value = "Africa/Casablanca", value_parser = zone)]
    pub time_zone: String,
}

impl From<Identity> for NewOrganisation {
    fn from(of: Identity) -> Self {
        Self {
            slug: of.slug,
            name: of.name,
            legal_name: of.legal_name,
            address: of.address,
            country: of.country,
            is_business: !of.private,
            ice: of.ice,
            tax_id: of.tax_id,
            trade_register: of.trade_register,
            business_tax: of.business_tax,
            currency: of.currency,
            language: of.language,
            time_zone: of.time_zone,
        }
    }
}

/// Which cluster becomes known.
#[derive(Debug, Args)]
pub struct ClusterRegistration {
    /// Where it stands, as people say it
    #[arg(long)]
    pub region: String,
    #[command(flatten)]
    pub cluster: ClusterArguments,
    #[command(flatten)]
    pub owner: Owner,
}

/// Somebody who can sign in.
#[derive(Debug, Args)]
pub struct NewPerson {
    /// The address that signs in
    #[arg(long)]
    pub email: String,
    /// What people call them
    #[arg(long)]
    pub name: String,
    /// A file whose first line is the password; it is never an argument, which everybody on the machine could read
    #[arg(long)]
    pub password_file: PathBuf,
    /// A role at the hub: operator, incubator, finance or auditor; may be said again
    #[arg(long)]
    pub staff: Vec<StaffRole>,
    /// An organisation and a role in it, as acme:owner; may be said again
    #[arg(long)]
    pub member: Vec<Membership>,
    #[command(flatten)]
    pub owner: Owner,
}

/// `acme:owner`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    /// The organisation's word.
    pub slug: String,
    /// The role in it.
    pub role: Role,
}

impl FromStr for Membership {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parsed = text.split_once(':').and_then(|(slug, role)| Some((slug, role.parse().ok()?)));
        let (slug, role) = parsed.ok_or("say an organisation and a role, as acme:owner")?;
        Ok(Self { slug: slug.to_owned(), role })
    }
}

/// How to seed.
#[derive(Debug, Args)]
pub struct SeedDemoArguments {
    /// What the installation is for
    #[arg(long, env = "TAMUDA_MODE", value_enum, default_value_t = Mode::Production)]
    pub mode: Mode,
    /// Print one JSON document
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub owner: Owner,
    #[command(flatten)]
    pub databases: Databases,
    #[command(flatten)]
    pub cluster: ClusterArguments,
}

fn slug(text: &str) -> Result<String, String> {
    let word =
        |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    if text.split('-').all(word) {
        Ok(text.to_owned())
    } else {
        Err("small letters, digits and single dashes".to_owned())
    }
}

fn country(text: &str) -> Result<String, String> {
    let is_code = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase());
    if is_code { Ok(text.to_owned()) } else { Err("two capital letters, as MA".to_owned()) }
}

fn zone(text: &str) -> Result<String, String> {
    let known = jiff::tz::TimeZoneDatabase::bundled().get(text);
    known.map(|_| text.to_owned()).map_err(|_| "no zone of the IANA database has this name".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_membership_is_an_organisation_and_a_role() {
        assert_eq!("acme:owner".parse(), Ok(Membership { slug: "acme".to_owned(), role: Role::Owner }));
        for text in ["acme", "acme:king", ":"] {
            assert!(text.parse::<Membership>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_slug_fits_into_an_address() {
        assert!(slug("rif-biomed-2").is_ok());
        for text in ["", "Rif", "rif--biomed", "-rif", "rif/biomed"] {
            assert!(slug(text).is_err(), "{text}");
        }
        assert!(country("MA").is_ok() && country("ma").is_err() && country("MAR").is_err());
    }

    #[test]
    fn a_zone_is_one_of_the_database() {
        assert!(zone("Africa/Casablanca").is_ok() && zone("Tétouan").is_err());
    }
}
