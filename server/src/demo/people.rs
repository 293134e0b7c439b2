//! Who is in the demonstration: the hub with its staff, and two organisations with a member in every role.

use domain::founding::{Founding, NewOrganisation};
use serde::Serialize;
use types::{ClusterId, Currency, Role, StaffRole, Timestamp};

/// The hub's zone, in which months begin.
pub(super) const ZONE: &str = "Africa/Casablanca";
/// What it is called, also in law.
pub(super) const HUB: &str = "Tétouan AI hub";

/// Somebody who can sign in, as scripts read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SignIn {
    /// The address.
    pub email: String,
    /// The password.
    pub password: String,
    /// What they are, and where.
    pub role: String,
}

/// A person of the hub.
#[derive(Clone, Copy)]
pub(super) struct Employee {
    pub(super) email: &'static str,
    name: &'static str,
    role: StaffRole,
}

pub(super) const STAFF: [Employee; 4] = [
    Employee { email: "operator@hub.example", name: "Omar Operator", role: StaffRole::Operator },
    Employee { email: "incubator@hub.example", name: "Ikram Incubator", role: StaffRole::Incubator },
    Employee { email: "finance@hub.example", name: "Fatima Finance", role: StaffRole::Finance },
    Employee { email: "auditor@hub.example", name: "Adil Auditor", role: StaffRole::Auditor },
];

/// An organisation of the demonstration.
#[derive(Clone, Copy)]
pub(super) struct Tenant {
    pub(super) slug: &'static str,
    name: &'static str,
    legal_name: &'static str,
    address: &'static str,
    country: &'static str,
    ice: Option<&'static str>,
    pub(super) currency: Currency,
    language: &'static str,
    projects: [(&'static str, &'static str); 2],
}

/// Pays dirhams with tax.
pub(super) const RIF: Tenant = Tenant {
    slug: "rif-biomed",
    name: "Rif Biomed",
    legal_name: "Rif Biomed SARL",
    address: "Avenue Mohammed V, Tétouan",
    country: "MA",
    ice: Some("002345678000012"),
    currency: Currency::Mad,
    language: "fr",
    projects: [("protein-folding", "protein-folding"), ("microscopy", "microscopy")],
};

/// Pays dollars; exported services carry no tax.
pub(super) const ATLAS: Tenant = Tenant {
    slug: "atlas-robotics",
    name: "Atlas Robotics",
    legal_name: "Atlas Robotics Inc.",
    address: "Market Street, San Francisco",
    country: "US",
    ice: None,
    currency: Currency::Usd,
    language: "en",
    projects: [("grasping", "grasping"), ("navigation", "navigation")],
};

impl Tenant {
    /// The project that comes first.
    pub(super) fn project(&self, place: usize) -> &'static str {
        self.projects[place % self.projects.len()].0
    }

    /// The address of the member in a role.
    pub(super) fn email(&self, role: Role) -> String {
        format!("{role}@{}.example", self.slug)
    }

    fn organisation(&self) -> NewOrganisation {
        NewOrganisation {
            slug: self.slug.to_owned(),
            name: self.name.to_owned(),
            legal_name: self.legal_name.to_owned(),
            address: self.address.to_owned(),
            country: self.country.to_owned(),
            is_business: true,
            ice: self.ice.map(str::to_owned),
            tax_id: None,
            trade_register: None,
            business_tax: None,
            currency: self.currency,
            language: self.language.to_owned(),
            time_zone: ZONE.to_owned(),
        }
    }
}

/// Founds the hub with its staff, the cluster and both organisations at `now`.
pub(super) async fn found(founding: &Founding, now: Timestamp) -> domain::Result<ClusterId> {
    founding.found_installation(&hub(), now).await?;
    for Employee { email, name, role } in STAFF {
        let user = founding.add_person(email, name, super::PASSWORD, now).await?;
        founding.appoint(user, role, now).await?;
    }
    let cluster = founding.register_cluster("tetouan-1", "Tétouan 1", true, now).await?;
    for tenant in [RIF, ATLAS] {
        let organisation = founding.open_organisation(&tenant.organisation(), now).await?;
        for role in Role::ALL {
            let name = format!("{} {role}", tenant.name);
            let user = founding.add_person(&tenant.email(*role), &name, super::PASSWORD, now).await?;
            founding.add_member(organisation, user, *role, now).await?;
        }
        for (slug, name) in tenant.projects {
            founding.add_project(organisation, slug, name, now).await?;
        }
    }
    Ok(cluster)
}

/// Everybody who can sign in: members first, then staff.
pub(super) fn sign_ins() -> Vec<SignIn> {
    let one = |email: String, role: String| SignIn { email, password: super::PASSWORD.to_owned(), role };
    let members = [RIF, ATLAS].into_iter().flat_map(|tenant| {
        Role::ALL.iter().map(move |role| (tenant.email(*role), format!("{role} of {}", tenant.name)))
    });
    let staff = STAFF.iter().map(|employee| (employee.email.to_owned(), format!("{} of the hub", employee.role)));
    members.chain(staff).map(|(email, role)| one(email, role)).collect()
}

fn hub() -> NewOrganisation {
    NewOrganisation {
        slug: "hub".to_owned(),
        name: HUB.to_owned(),
        legal_name: HUB.to_owned(),
        address: "Tétouan Park, Tétouan".to_owned(),
        country: "MA".to_owned(),
        is_business: true,
        ice: Some("001234567000089".to_owned()),
        tax_id: Some("40112233".to_owned()),
        trade_register: Some("27915 Tétouan".to_owned()),
        business_tax: Some("51203344".to_owned()),
        currency: Currency::Mad,
        language: "fr".to_owned(),
        time_zone: ZONE.to_owned(),
    }
}
