//! `tamuda admin …`: what is done as the database's owner, before anybody can sign in. Each verb is done whole or not at
//! all.

use std::fs;

use anyhow::{Context, bail, ensure};
use domain::{Clock, Error, founding::Founding};

use super::{say, serve::address};
use crate::{
    config::{AdminVerb, ClusterChoice, ClusterRegistration, Founded, Mode, NewPerson, Owner, SeedDemoArguments},
    demo,
};

/// Does what the owner asked for, and says what was done.
///
/// # Errors
/// With a sentence that says what to change.
pub async fn admin(verb: AdminVerb) -> anyhow::Result<()> {
    match verb {
        AdminVerb::Found(ask) => found(ask).await,
        AdminVerb::RegisterCluster(ask) => register_cluster(ask).await,
        AdminVerb::OpenOrganisation(ask) => open_organisation(ask).await,
        AdminVerb::AddPerson(ask) => add_person(ask).await,
        AdminVerb::SeedDemo(settings) => seed_demo(settings).await,
    }
}

async fn found(ask: Founded) -> anyhow::Result<()> {
    let founding = connected(&ask.owner).await?.begin().await?;
    ensure!(founding.hub().await?.is_none(), "this database has its installation already");
    let name = ask.identity.name.clone();
    founding.found_installation(&ask.identity.into(), Clock::System.now()).await.map_err(explained)?;
    founding.commit().await?;
    say(&format!("founded the installation of {name}; next: `tamuda admin register-cluster`, then `add-person`\n"))
}

async fn register_cluster(ask: ClusterRegistration) -> anyhow::Result<()> {
    let founding = connected(&ask.owner).await?.begin().await?;
    ensure!(founding.hub().await?.is_some(), "there is no installation yet: run `tamuda admin found`");
    let (name, simulated) = (&ask.cluster.cluster_name, ask.cluster.cluster == ClusterChoice::Simulator);
    founding.register_cluster(name, &ask.region, simulated, Clock::System.now()).await.map_err(explained)?;
    founding.commit().await?;
    say(&format!("the database knows the {}cluster {name}\n", if simulated { "simulated " } else { "" }))
}

async fn open_organisation(ask: Founded) -> anyhow::Result<()> {
    let founding = connected(&ask.owner).await?.begin().await?;
    ensure!(founding.hub().await?.is_some(), "there is no installation yet: run `tamuda admin found`");
    let (slug, now) = (ask.identity.slug.clone(), Clock::System.now());
    let organisation = founding.open_organisation(&ask.identity.into(), now).await.map_err(explained)?;
    founding.add_project(organisation, "main", "Main", now).await.map_err(explained)?;
    founding.commit().await?;
    say(&format!("opened {slug}; its quotas are zero until an operator sets them under /staff/organisations\n"))
}

async fn add_person(ask: NewPerson) -> anyhow::Result<()> {
    ensure!(
        !ask.staff.is_empty() || !ask.member.is_empty(),
        "say what the person is: --staff ROLE or --member ORGANISATION:ROLE"
    );
    let (path, now) = (&ask.password_file, Clock::System.now());
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let password = text.lines().next().unwrap_or_default();
    let founding = connected(&ask.owner).await?.begin().await?;
    let user = founding.add_person(&ask.email, &ask.name, password, now).await.map_err(explained)?;
    for role in ask.staff {
        founding.appoint(user, role, now).await?;
    }
    for member in ask.member {
        let organisation = founding.organisation(&member.slug).await;
        let organisation = organisation.with_context(|| format!("there is no organisation {}", member.slug))?;
        founding.add_member(organisation, user, member.role, now).await?;
    }
    founding.commit().await?;
    say(&format!("{} can sign in\n", ask.email))
}

async fn connected(owner: &Owner) -> anyhow::Result<Founding> {
    Ok(Founding::connect(owner.url()?.reveal()).await?)
}

/// What the owner can do about a refusal.
fn explained(error: Error) -> anyhow::Error {
    match error {
        Error::Conflict(fact) => anyhow::anyhow!("this is taken already ({fact})"),
        Error::Invalid { field, .. } => anyhow::anyhow!("{field} is not as it must be: see `--help`"),
        other => other.into(),
    }
}

/// Makes the demonstration world, or finds it, and prints who can sign in.
async fn seed_demo(settings: SeedDemoArguments) -> anyhow::Result<()> {
    if settings.mode == Mode::Production {
        bail!("production refuses demonstration data: set TAMUDA_MODE=development, or found a real installation");
    }
    let owner = settings.owner.url()?.reveal().to_owned();
    let urls = settings.databases.urls()?;
    let people = demo::seed(&owner, &urls, &address(&settings.cluster), &Clock::System).await;
    let people = people.context("the demonstration world cannot be made")?;
    if settings.json {
        return say(&format!("{}\n", serde_json::to_string(&people)?));
    }
    let widest = people.iter().map(|person| person.email.len()).max().unwrap_or(0);
    let line = |person: &demo::SignIn| format!("{:widest$}  {}  {}\n", person.email, person.password, person.role);
    say(&people.iter().map(line).collect::<String>())
}
