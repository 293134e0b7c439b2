//! From starting the portal's process to its first whole page.

use std::{path::Path, time::Instant};

use end2end::{Portal, places};
use tokio::process::Command;

use crate::row::{Row, Spread};

const TIMES: usize = 7;

/// One row: the median of some starts, beside a start of the same program that only says its version.
pub(crate) async fn measure(world: &mut Portal, site: &Path) -> anyhow::Result<Vec<Row>> {
    let (mut pages, mut versions) = (Vec::new(), Vec::new());
    for _ in 0..TIMES {
        world.stop_portal().await?;
        let start = Instant::now();
        Command::new(places::program("tamuda")?).arg("--version").env_clear().output().await?;
        versions.push(start.elapsed());
        pages.push(world.start_portal_cold(&["--site", &site.display().to_string()]).await?);
    }
    let (page, version) = (Spread::of(pages).at(0.5), Spread::of(versions).at(0.5));
    Ok(vec![Row::times("cold start → first page, median", page, version, "the program saying its version")])
}
