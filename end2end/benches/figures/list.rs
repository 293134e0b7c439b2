//! The list of a hundred instances, signed in, beside the same bytes from a file and the same page rendered from what
//! was read before.

use std::{fs, path::Path, time::Duration};

use anyhow::ensure;
use end2end::Portal;

use crate::{
    load::{CONNECTIONS, Load, load},
    render::Renderer,
    row::{Row, millis, ratio},
    say, scaled,
    world::RIF,
};

const FILE: &str = "bench-list.html";

/// Rates and times of all three.
pub(crate) async fn measure(world: &mut Portal, site: &Path) -> anyhow::Result<Vec<Row>> {
    let founder = world.visitor("developer of Rif").await?;
    let path = format!("/o/{RIF}/instances");
    let html = founder.open(&path).await?.text().await?;
    let n_rows = html.matches("data-slot=\"phase\"").count();
    ensure!(n_rows == 100, "the page has {n_rows} rows");
    fs::write(site.join(FILE), &html)?;
    let lasting = Duration::from_secs(scaled(10, 2) as u64);
    let host = world.origin().trim_start_matches("http://").to_owned();
    say(&format!("loads the list, its bytes and its rendering over {CONNECTIONS} connections"));
    let file = load(&host, &format!("/site/{FILE}"), founder.cookie(), lasting).await?;
    let page = load(&host, &path, founder.cookie(), lasting).await?;
    let renderer = Renderer::start(world, site).await?;
    let rendered = load(renderer.host(), &path, founder.cookie(), lasting).await?;
    drop(renderer);
    ensure!(page.bytes.abs_diff(file.bytes) < 2_000, "{} bytes, the file {}", page.bytes, file.bytes);
    let mut rows = against(&page, &file, "the same bytes from a file");
    rows.extend(against(&page, &rendered, "the page without session and SQL"));
    Ok(rows)
}

fn against(page: &Load, limit: &Load, of: &str) -> Vec<Row> {
    let rate = |load: &Load| format!("{:.0}/s", load.per_second);
    let row = |name: &str, share: f64| {
        let (measured, beside) = (page.times.at(share), limit.times.at(share));
        Row::new(format!("list of 100 rows, {name}"), millis(measured))
            .beside(&format!("{of}: {}", millis(beside)))
            .ratio(ratio(measured, beside))
    };
    vec![
        Row::new("list of 100 rows, rate", rate(page))
            .beside(&format!("{of}: {}", rate(limit)))
            .ratio(limit.per_second / page.per_second.max(1e-9)),
        row("p50", 0.5),
        row("p99", 0.99),
    ]
}
