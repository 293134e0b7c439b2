//! `tamuda admin …`: what is done as the database's owner.

use anyhow::{Context, bail};
use domain::Clock;

use super::{say, serve::address};
use crate::{
    config::{Mode, SeedDemoArguments},
    demo,
};

/// Makes the demonstration world, or finds it, and prints who can sign in.
pub(crate) async fn seed_demo(settings: SeedDemoArguments) -> anyhow::Result<()> {
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
