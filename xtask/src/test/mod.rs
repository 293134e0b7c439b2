//! `cargo xtask test`: everything that must hold before a change is good, on a PostgreSQL of its own and in a browser.

mod compile;
mod record;
mod report;
mod step;
mod targets;
mod tools;

use std::{env, path::PathBuf, process::Command, thread};

use anyhow::Context;

use self::{record::Record, report::Report, step::Step};
use crate::{bench, controlplane::Making, postgres::Postgres, process, workspace::Workspace};

/// What drives whole programs is a feature: a plain `cargo test` does not build it, instead of letting it pass without having
/// looked. Here every step has the same selection: with another one, screens and server would compile twice.
const DRIVEN: [&str; 3] = [
    "--workspace",
    "--features",
    "end2end/journeys,controlplane/plane,openid/peers,documents/validators,server/validators",
];

/// The journeys of people, one at a time: each has a control plane of its own.
const ON_PLANE: [&str; 5] = ["--test-threads=1", "founder::", "incubator::", "finance::", "operator::"];

/// How many tests run at once, for libtest.
const THREADS: &str = "RUST_TEST_THREADS";

/// Cases of each pure property in the deep run, as many as of those on a database; proptest's own choice is 256.
const DEEP_CASES: &str = "1000";

/// What is left out of the journeys where there is no provider to sign in at and nobody to play Stripe.
const WITHOUT_PEERS: [&str; 4] = ["--skip", "way_in::", "--skip", "paying::"];

/// What is left out of the faults where there is no Node to play Stripe.
const WITHOUT_CARDS: [&str; 2] = ["--skip", "by_card"];

/// What is left out of the peers where Stripe's description of its API is not to be had.
const WITHOUT_DESCRIPTION: [&str; 2] = ["--skip", "described::"];

/// What the person asked for.
#[derive(Debug, clap::Args)]
pub(crate) struct Wanted {
    /// Run the long versions too: more cases, every kill mark, every look, the scale runs
    #[arg(long)]
    deep: bool,
    /// Put what became of each step into docs/TESTING.md, and its figures into docs/PERFORMANCE.md
    #[arg(long, requires = "deep", conflicts_with = "filter")]
    write: bool,
    /// Only this step and what it needs; may be given again
    #[arg(long = "step", value_enum)]
    steps: Vec<Step>,
    /// Only tests whose name contains one of these; the checks around them are left out
    filter: Vec<String>,
}

impl Wanted {
    /// Is this step part of the run?
    fn has(&self, step: Step) -> bool {
        if !self.steps.is_empty() {
            return self.steps.contains(&step);
        }
        match step {
            Step::Checks => self.filter.is_empty(),
            Step::PlaneJourneys | Step::Scale => self.deep && self.filter.is_empty(),
            _ => true,
        }
    }
}

/// Runs every step, or only what was named, and ends with a table of them.
pub(crate) fn run(workspace: &Workspace, wanted: &Wanted) -> anyhow::Result<()> {
    let mut report = Report::default();
    let record = wanted.write.then(Record::open).transpose()?;
    if wanted.has(Step::Checks) {
        let mut cargo = process::cargo(workspace, &["fmt", "--all", "--check"]);
        report.step("format", || process::run(&mut cargo).map(|()| String::new()))?;
    }
    let has_plane = test(workspace, wanted, &mut report)?;
    if has_plane && wanted.has(Step::Scale) {
        let scale = bench::Wanted::scale(wanted.deep, wanted.write);
        let figures = || bench::run(workspace, &scale).map(|()| "docs/PERFORMANCE.md".to_owned());
        report.step(Step::Scale.title(), figures)?;
    }
    if let Some(record) = record {
        record.put(&report)?;
    }
    report.conclude()
}

/// Everything that is compiled, and then run on a database. False where a control plane is needed and is not to be had.
fn test(workspace: &Workspace, wanted: &Wanted, report: &mut Report) -> anyhow::Result<bool> {
    let mut driven: Vec<Step> = Step::DRIVEN.into_iter().filter(|step| wanted.has(*step)).collect();
    let is_whole = wanted.filter.is_empty();
    if is_whole && (wanted.has(Step::Checks) || !driven.is_empty()) {
        compile::all(workspace, report)?;
    }
    if driven.is_empty() && ![Step::Rules, Step::Plans, Step::Tests].iter().any(|step| wanted.has(*step)) {
        return Ok(true);
    }
    let mut tests = Tests { workspace, wanted, postgres: Postgres::passing(workspace)? };
    // Cold, this takes a processor for twenty-five minutes, of which waiting tests leave some.
    let making = (is_whole && needs_plane(&driven)).then(|| Making::begin(workspace));
    run_alone(&mut tests, report)?;
    if !is_whole {
        driven = tests.with_one_of_the_named(driven)?;
        if !driven.is_empty() {
            compile::all(workspace, report)?;
        }
    }
    drive(&mut tests, report, &driven, making)
}

fn needs_plane(steps: &[Step]) -> bool {
    steps.iter().any(|step| step.is_on_plane())
}

/// What needs no program but its own.
fn run_alone(tests: &mut Tests<'_>, report: &mut Report) -> anyhow::Result<()> {
    let wanted = tests.wanted;
    let mut apart: Vec<Step> = Vec::new();
    // Whoever looks for one test among all wants cargo once.
    if wanted.filter.is_empty() || !wanted.steps.is_empty() {
        apart.extend([Step::Rules, Step::Plans]);
    }
    for step in &apart {
        if wanted.has(*step) {
            report.step(step.title(), || tests.run_step(*step, &[], &[]))?;
        }
    }
    if wanted.has(Step::Tests) {
        report.step(Step::Tests.title(), || tests.run_alone(&apart))?;
        report.step("examples", || tests.run_examples())?;
    }
    Ok(())
}

/// What drives the programs; the control plane comes last, so that there is time to make it.
fn drive(
    tests: &mut Tests<'_>,
    report: &mut Report,
    steps: &[Step],
    making: Option<anyhow::Result<Making>>,
) -> anyhow::Result<bool> {
    let has = |step: Step| steps.contains(&step);
    let in_browser = has(Step::Journeys) || has(Step::PlaneJourneys);
    let servers = (has(Step::Faults) || has(Step::Peers) || in_browser).then(|| tools::peers(tests.workspace));
    if let Some(servers) = servers.as_ref().filter(|_| has(Step::Faults)) {
        let outfit = Outfit::for_faults(report, servers);
        let faults = || tests.run_step(Step::Faults, &outfit.tools, outfit.left_out).map(|_| outfit.remark());
        report.step(Step::Faults.title(), faults)?;
    }
    if let Some(servers) = servers.as_ref().filter(|_| has(Step::Peers)) {
        let outfit = if servers.is_ok() { Outfit::for_peers(tests.workspace, report) } else { Outfit::default() };
        run_with(tests, report, Step::Peers, ("TAMUDA_TEST_PEERS", servers), outfit)?;
    }
    if has(Step::Validators) {
        let judges = tools::validators(tests.workspace);
        run_with(tests, report, Step::Validators, ("TAMUDA_TEST_VALIDATORS", &judges), Outfit::default())?;
    }
    let outfit = match &servers {
        Some(servers) if in_browser => Outfit::gather(tests.workspace, report, servers),
        _ => None,
    };
    if let Some(outfit) = outfit.as_ref().filter(|_| has(Step::Journeys)) {
        let journeys = || tests.run_step(Step::Journeys, &outfit.tools, outfit.left_out).map(|_| outfit.remark());
        report.step(Step::Journeys.title(), journeys)?;
    }
    if !needs_plane(steps) {
        return Ok(true);
    }
    let making = making.unwrap_or_else(|| Making::begin(tests.workspace));
    if !report.provide("control plane", || making?.finish())? {
        return Ok(false);
    }
    if has(Step::Plane) {
        report.step(Step::Plane.title(), || tests.run_step(Step::Plane, &[], &[]))?;
    }
    if let Some(mut outfit) = outfit.filter(|_| has(Step::PlaneJourneys)) {
        outfit.tools.push(("TAMUDA_TEST_CLUSTER", "plane".into()));
        let journeys = || tests.run_step(Step::PlaneJourneys, &outfit.tools, &ON_PLANE).map(|_| outfit.remark());
        report.step(Step::PlaneJourneys.title(), journeys)?;
    }
    Ok(true)
}

/// Runs a step that needs something from outside the workspace, under the variable that names it, where that is to be had;
/// and with what else there is.
fn run_with(
    tests: &mut Tests<'_>,
    report: &mut Report,
    step: Step,
    (variable, tool): (&'static str, &anyhow::Result<PathBuf>),
    mut outfit: Outfit,
) -> anyhow::Result<()> {
    match tool {
        Ok(tool) => {
            outfit.tools.push((variable, tool.clone()));
            let work = || tests.run_step(step, &outfit.tools, outfit.left_out).map(|_| outfit.remark());
            report.step(step.title(), work)
        }
        Err(reason) => {
            report.skip(step.title(), &format!("{reason:#}"));
            Ok(())
        }
    }
}

/// What tests need from outside the workspace, each by the variable that names it.
#[derive(Default)]
struct Outfit {
    tools: Vec<(&'static str, PathBuf)>,
    /// For libtest.
    left_out: &'static [&'static str],
    /// What could not be had.
    lacks: Vec<&'static str>,
}

impl Outfit {
    fn for_faults(report: &mut Report, servers: &anyhow::Result<PathBuf>) -> Self {
        match servers {
            Ok(folder) => Self { tools: vec![("TAMUDA_TEST_PEERS", folder.clone())], ..Self::default() },
            Err(reason) => {
                report.skip("crashes beside Stripe", &format!("{reason:#}"));
                Self { left_out: &WITHOUT_CARDS, lacks: vec!["cards"], ..Self::default() }
            }
        }
    }

    /// Besides the servers themselves: what judges the double of Stripe.
    fn for_peers(workspace: &Workspace, report: &mut Report) -> Self {
        let mut outfit = Self::default();
        match tools::stripe_mock(workspace) {
            Ok(program) => outfit.tools.push(("TAMUDA_TEST_STRIPE_MOCK", program)),
            Err(reason) => {
                report.skip("Stripe's description", &format!("{reason:#}"));
                outfit.lacks.push("Stripe's description");
                outfit.left_out = &WITHOUT_DESCRIPTION;
            }
        }
        outfit
    }

    /// Nothing where there is no browser.
    fn gather(workspace: &Workspace, report: &mut Report, servers: &anyhow::Result<PathBuf>) -> Option<Self> {
        let browser = match tools::chromium() {
            Ok(browser) => browser,
            Err(reason) => {
                report.skip(Step::Journeys.title(), &format!("{reason:#}"));
                return None;
            }
        };
        let mut outfit = Self { tools: vec![("TAMUDA_TEST_BROWSER", browser)], left_out: &[], lacks: Vec::new() };
        let mut skip = |what, reason: &anyhow::Error| {
            report.skip(what, &format!("{reason:#}"));
            outfit.lacks.push(what);
        };
        match &tools::axe(workspace) {
            Ok(axe) => outfit.tools.push(("TAMUDA_TEST_AXE", axe.clone())),
            Err(reason) => skip("accessibility", reason),
        }
        match servers {
            Ok(folder) => outfit.tools.push(("TAMUDA_TEST_PEERS", folder.clone())),
            Err(reason) => {
                skip("the way in and cards", reason);
                outfit.left_out = &WITHOUT_PEERS;
            }
        }
        Some(outfit)
    }

    /// What the tables say of journeys that went without something.
    fn remark(&self) -> String {
        if self.lacks.is_empty() { String::new() } else { format!("without {}", self.lacks.join(", ")) }
    }
}

/// The tests that run on a database.
#[derive(Debug)]
struct Tests<'a> {
    workspace: &'a Workspace,
    wanted: &'a Wanted,
    postgres: Postgres,
}

impl Tests<'_> {
    /// Runs every target that needs no program but its own, but for those of these steps.
    fn run_alone(&mut self, apart: &[Step]) -> anyhow::Result<String> {
        // A failure in one crate says nothing of the next: all of them run.
        let mut cargo = self.cargo(&["test", "--no-fail-fast", "--lib", "--bins"])?;
        cargo.args(DRIVEN);
        let apart: Vec<_> = apart.iter().filter_map(|step| step.target()).collect();
        for target in targets::alone(self.workspace)? {
            if !apart.contains(&target.as_str()) {
                cargo.args(["--test", &target]);
            }
        }
        process::run(cargo.arg("--").args(&self.wanted.filter))?;
        self.postgres.check().map(|()| String::new())
    }

    /// Runs the examples of the documentation, which carry proofs of authorisation.
    fn run_examples(&mut self) -> anyhow::Result<String> {
        let mut cargo = self.cargo(&["test", "--no-fail-fast", "--doc"])?;
        process::run(cargo.args(DRIVEN).arg("--").args(&self.wanted.filter)).map(|()| String::new())
    }

    /// Runs the tests of a step's target, with tools from outside the workspace.
    fn run_step(&mut self, step: Step, tools: &[(&str, PathBuf)], more: &[&str]) -> anyhow::Result<String> {
        let target = step.target().context("it runs no target of its own")?;
        let mut cargo = self.cargo(&["test", "--test", target])?;
        cargo.args(DRIVEN).envs(tools.iter().map(|(name, path)| (*name, path)));
        if step.waits() && env::var_os(THREADS).is_none() {
            // Libtest's own choice is one a processor.
            cargo.env(THREADS, (2 * thread::available_parallelism()?.get()).to_string());
        }
        process::run(cargo.arg("--").args(more).args(&self.wanted.filter))?;
        self.postgres.check().map(|()| String::new())
    }

    /// Of these steps, those with a test that the filter names.
    fn with_one_of_the_named(&self, steps: Vec<Step>) -> anyhow::Result<Vec<Step>> {
        let mut named = Vec::new();
        for step in steps {
            let target = step.target().context("it runs no target of its own")?;
            let mut cargo = self.cargo(&["test", "--quiet", "--test", target])?;
            cargo.args(DRIVEN).args(["--", "--list", "--format=terse"]).args(&self.wanted.filter);
            if !process::output(&mut cargo)?.trim().is_empty() {
                named.push(step);
            }
        }
        Ok(named)
    }

    fn cargo(&self, arguments: &[&str]) -> anyhow::Result<Command> {
        let mut cargo = compile::cargo(self.workspace, arguments);
        cargo.env("TAMUDA_TEST_POSTGRES", self.postgres.url("postgres", "postgres")?);
        if self.wanted.deep {
            cargo.env("TAMUDA_DEEP", "1").env("PROPTEST_CASES", DEEP_CASES);
        }
        Ok(cargo)
    }
}
