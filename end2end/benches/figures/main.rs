//! The figures of docs/PERFORMANCE.md: each is measured beside its limit, in one run, on the real programs. Run by
//! `cargo xtask bench [NAME…]`; each row is written to stdout as one JSON object, what is going on to stderr.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program for the terminal speaks there")]

mod api;
mod billing;
mod books;
mod closing;
mod cold;
mod fleet;
mod launch;
mod list;
mod load;
mod raw;
mod render;
mod resumed;
mod row;
mod screen;
mod storage;
mod tables;
mod watcher;
mod weight;
mod world;

use std::{env, time::Instant};

use anyhow::bail;
use serde_json::json;

use self::{row::Row, world::Worlds};

/// The groups of figures that can be asked for by name, the cheapest first.
const NAMES: [&str; 9] = ["cold", "weight", "list", "screen", "launch", "storage", "billing", "fleet", "scale"];

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    // Cargo adds switches of its own.
    let words: Vec<String> = env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    if words.first().is_some_and(|word| word == render::WORD) {
        return render::serve(&words[1..]).await;
    }
    if words.first().is_some_and(|word| word == closing::WORD) {
        return closing::serve(&words[1..]).await;
    }
    if let Some(strange) = words.iter().find(|word| !NAMES.contains(&word.as_str())) {
        bail!("no figure is called {strange}: there are {}", NAMES.join(", "));
    }
    let mut worlds = Worlds::default();
    for name in NAMES.into_iter().filter(|name| words.is_empty() || words.iter().any(|word| word == name)) {
        let start = Instant::now();
        say(name);
        // Ten thousand do not take the place of a thousand in the table.
        let is_other = is_deep() && matches!(name, "scale" | "billing");
        let group = if is_other { format!("{name}, deep") } else { name.to_owned() };
        // A group that fails takes nothing from the others, which may have taken an hour.
        match measure(name, &mut worlds).await {
            Ok(rows) => rows.iter().for_each(|row| println!("{}", row.json(&group))),
            Err(error) => println!("{}", json!({"group": group, "failed": format!("{error:#}")})),
        }
        say(&format!("{name} took {:.0} s", start.elapsed().as_secs_f64()));
    }
    Ok(())
}

async fn measure(name: &str, worlds: &mut Worlds) -> anyhow::Result<Vec<Row>> {
    match name {
        "cold" => {
            let site = worlds.site().await?;
            cold::measure(worlds.demo().await?, &site).await
        }
        "weight" => weight::measure(worlds.demo().await?).await,
        "list" => {
            let site = worlds.site().await?;
            list::measure(worlds.hundred().await?, &site).await
        }
        "screen" => screen::measure(worlds.hundred().await?).await,
        "launch" => launch::measure(worlds.demo().await?).await,
        "storage" => storage::measure().await,
        "billing" => billing::measure().await,
        "fleet" => fleet::measure().await,
        "scale" => fleet::measure_real().await,
        _ => bail!("no figure is called {name}"),
    }
}

/// Whether the longest version was asked for.
fn is_deep() -> bool {
    env::var_os("TAMUDA_DEEP").is_some()
}

/// Says what is going on.
fn say(what: &str) {
    eprintln!("… {what}");
}

/// How much to do: what counts is the release build, a development build only shows that it works.
const fn scaled(released: usize, developing: usize) -> usize {
    if cfg!(debug_assertions) { developing } else { released }
}
