//! `cargo xtask dev`: a whole Tamuda on this machine, from nothing but the clone, that follows every change of a source.
//! The cluster's simulator is a process of its own, so instances keep running while the portal is built and started anew.

mod programs;
mod sign_ins;
mod sources;

use std::{
    fs::{self, File, TryLockError},
    path::Path,
    thread,
    time::Duration,
};

use anyhow::{Context, bail};

use self::{
    programs::{Cluster, Programs},
    sign_ins::SignIn,
    sources::{Change, Sources},
};
use crate::{
    postgres::Postgres,
    process,
    site::{self, Profile, Wasm},
    stop,
    terminal::{self, Look, paint},
    workspace::Workspace,
};

const PAUSE: Duration = Duration::from_millis(250);

/// What the person asked for.
#[derive(Debug, clap::Args)]
pub(crate) struct Wanted {
    /// The portal's port; the next free one when it is taken
    #[arg(long, default_value_t = 3000)]
    port: u16,
    /// The cluster: simulator, kubeconfig:PATH or in-cluster
    #[arg(long, default_value = "simulator", value_parser = Cluster::parse)]
    cluster: Cluster,
}

/// Runs until somebody asks it to stop; then the portal, the simulator and PostgreSQL have ended, in this order.
pub(crate) fn run(workspace: &Workspace, wanted: &Wanted) -> anyhow::Result<()> {
    fs::create_dir_all(workspace.data())?;
    let _only = lock(&workspace.data().join("dev.lock"))?;
    let postgres = Postgres::lasting(workspace)?;
    postgres.found_portal_database()?;
    let mut development = Development {
        programs: Programs::new(workspace, wanted.port, wanted.cluster.clone(), postgres)?,
        workspace,
        owed: Change::default(),
        wasm: None,
        sign_ins: Vec::new(),
    };
    let ended = development.follow();
    terminal::say("Stopping …");
    drop(development);
    terminal::say("Everything has stopped; `cargo xtask dev` goes on from here.");
    ended
}

/// The running world and what was last built for it.
#[derive(Debug)]
struct Development<'a> {
    workspace: &'a Workspace,
    programs: Programs<'a>,
    /// What failed is built again with the next change, whatever that touches.
    owed: Change,
    wasm: Option<Wasm>,
    sign_ins: Vec<SignIn>,
}

impl Development<'_> {
    fn follow(&mut self) -> anyhow::Result<()> {
        let mut known = Sources::default();
        while !stop::asked() {
            let seen = Sources::look();
            let change = known.until(&seen);
            if change.is_any() {
                known = seen;
                self.take_up(change);
            }
            self.programs.look_after()?;
            thread::sleep(PAUSE);
        }
        Ok(())
    }

    /// Builds and starts what the change touches. A build that fails leaves the last good portal running.
    fn take_up(&mut self, change: Change) {
        self.owed = self.owed.and(change);
        match self.build(self.owed).and_then(|()| self.renew(self.owed)) {
            Ok(()) => self.owed = Change::default(),
            // Who called looks up as well, and stops.
            Err(error) if error.is::<stop::Stopped>() => {}
            Err(error) => {
                let running = if self.programs.is_portal_up() { "The portal before it keeps running. " } else { "" };
                eprintln!("{} {error:#}\n{running}Waiting for the next change.", paint(Look::Red, "error:"));
            }
        }
    }

    fn build(&mut self, change: Change) -> anyhow::Result<()> {
        if change.islands || self.wasm.is_none() {
            self.wasm = Some(Wasm::build(self.workspace, Profile::Development)?);
        }
        if let Some(wasm) = self.wasm.as_ref().filter(|_| change.islands || change.site) {
            site::assemble(self.workspace, Profile::Development, wasm)?;
        }
        if change.server {
            // All at once, as everywhere: a package alone has other features. What only tests use is left out.
            let mut cargo = process::cargo(self.workspace, &["build", "--workspace", "--bins"]);
            terminal::step("build the server", || process::run(&mut cargo))?;
        }
        Ok(())
    }

    fn renew(&mut self, change: Change) -> anyhow::Result<()> {
        if change.server {
            self.programs.migrate()?;
            self.programs.renew_simulator()?;
        }
        let is_first = self.sign_ins.is_empty();
        let people = is_first.then(|| SignIn::parse(&self.programs.seed_demo()?)).transpose()?;
        self.programs.renew_portal()?;
        people.map_or(Ok(()), |people| self.welcome(people))
    }

    fn welcome(&mut self, people: Vec<SignIn>) -> anyhow::Result<()> {
        sign_ins::keep(self.workspace, &self.programs, &people)?;
        let url = self.programs.url();
        println!("\nTamuda is at {}\n\n{}", paint(Look::Bold, &url), sign_ins::table(&people));
        if ["TAMUDA_MAIL_URL", "TAMUDA_MAIL_URL_FILE"].iter().all(|name| std::env::var_os(name).is_none()) {
            println!("  {}\n", paint(Look::Dim, &format!("No mail is sent: letters are at {url}/dev/mail")));
        }
        if let Some(hint) = self.programs.hint() {
            println!("  {}\n", paint(Look::Dim, &hint));
        }
        self.sign_ins = people;
        Ok(())
    }
}

/// Two of these in one clone would share one database and one simulator's store.
fn lock(path: &Path) -> anyhow::Result<File> {
    let file = File::create(path).with_context(|| format!("cannot write {}", path.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => bail!("`cargo xtask dev` already runs in this clone: stop it first"),
        Err(TryLockError::Error(error)) => Err(error).context("cannot lock data/dev.lock"),
    }
}
