//! Builds a control plane, or runs one until somebody asks it to stop.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program for the terminal speaks there")]

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use clap::{Parser, Subcommand};
use controlplane::{Assets, ControlPlane, Options};
use signal_hook::{
    consts::{SIGHUP, SIGINT, SIGTERM},
    flag,
};

#[derive(Debug, Parser)]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Build the programs, where that was not done before, and print their folder
    Build,
    /// Run a control plane with GPU nodes until Ctrl-C or TERM, and print the path of its kubeconfig
    Up {
        /// Write the kubeconfig here too
        #[arg(long)]
        kubeconfig: Option<PathBuf>,
    },
}

fn main() -> anyhow::Result<()> {
    let verb = Arguments::parse().verb;
    let assets = Assets::find_or_build()?;
    match verb {
        Verb::Build => println!("{}", assets.folder().display()),
        Verb::Up { kubeconfig } => {
            let asked = Arc::new(AtomicBool::new(false));
            for signal in [SIGHUP, SIGINT, SIGTERM] {
                flag::register(signal, Arc::clone(&asked))?;
            }
            let start = Instant::now();
            let plane = ControlPlane::start(assets, Options::default())?;
            eprintln!("the control plane is ready after {:.1} s", start.elapsed().as_secs_f64());
            let written = kubeconfig.map(|to| std::fs::copy(plane.kubeconfig(), &to).map(|_| to)).transpose()?;
            println!("{}", written.unwrap_or_else(|| plane.kubeconfig()).display());
            while !asked.load(Ordering::Relaxed) {
                thread::sleep(Duration::from_millis(100));
            }
        }
    }
    Ok(())
}
