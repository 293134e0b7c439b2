//! What a browser loads until a screen is interactive: the page as it is sent, and the style, scripts and wasm that it
//! names, compressed as the portal sends them. Fonts load besides and block nothing; the icon is for the tab.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context;
use end2end::{Portal, Visitor};
use reqwest::{Client, header};

use crate::{
    row::{Row, kilobytes},
    world::{self, RIF},
};

const MOST: usize = 110_000;
/// Screens of the hub's people, by who looks at them.
const STAFF: &[(&str, &[&str])] =
    &[("operator", &["", "/organisations", "/nodes"]), ("finance", &["/prices", "/billing"]), ("auditor", &["/audit"])];

/// One row for each screen.
pub(crate) async fn measure(world: &mut Portal) -> anyhow::Result<Vec<Row>> {
    let founder = world.visitor("owner of Rif").await?;
    world::all_running(&founder, RIF, 2).await?;
    let instances = founder.get(&format!("/api/v1/organisations/{RIF}/instances?phase=running")).await?;
    let instance = instances["items"][0]["id"].as_str().context("nothing runs")?;
    let invoices = founder.get(&format!("/api/v1/organisations/{RIF}/invoices")).await?;
    let invoice = invoices["items"][0]["id"].as_str().context("no invoice")?;
    let o = |path: &str| format!("/o/{RIF}{path}");
    let tenant = [
        ("overview", o("")),
        ("launch", o("/launch")),
        ("instances", o("/instances")),
        ("instance", o(&format!("/instances/{instance}"))),
        ("usage", o("/usage")),
        ("wallet", o("/wallet")),
        ("invoices", o("/invoices")),
        ("invoice", o(&format!("/invoices/{invoice}"))),
        ("members", o("/members")),
        ("sessions", "/sessions".to_owned()),
        ("password", "/password".to_owned()),
    ];
    let mut scale =
        Scale { origin: world.origin(), client: Client::builder().no_proxy().build()?, known: BTreeMap::new() };
    let nobody = Visitor::nobody(&world.origin())?;
    let mut rows = Vec::new();
    for (name, path) in [("landing", "/"), ("sign-in", "/sign-in"), ("forgotten", "/password/forgotten")] {
        let load = scale.load(&nobody, path).await?;
        rows.push(load.row(name).allowed("no wasm", load.wasm == 0));
    }
    for (name, path) in tenant {
        let load = scale.load(&founder, &path).await?;
        rows.push(load.row(name).allowed("≤ 110 KB", load.sum() <= MOST));
    }
    for (role, paths) in STAFF {
        let who = world.visitor(&format!("{role} of the hub")).await?;
        for path in *paths {
            let load = scale.load(&who, &format!("/staff{path}")).await?;
            let name = format!("staff{}", path.replace('/', " "));
            rows.push(load.row(&name).allowed("≤ 110 KB", load.sum() <= MOST));
        }
    }
    Ok(rows)
}

/// Bytes by what they are.
#[derive(Debug, Default)]
struct Load {
    html: usize,
    style: usize,
    scripts: usize,
    wasm: usize,
}

impl Load {
    fn sum(&self) -> usize {
        self.html + self.style + self.scripts + self.wasm
    }

    fn row(&self, screen: &str) -> Row {
        let Self { html, style, scripts, wasm } = self;
        let parts = [("page", html), ("style", style), ("scripts", scripts), ("wasm", wasm)];
        let parts: Vec<_> =
            parts.iter().map(|(name, bytes)| format!("{name} {:.1}", **bytes as f64 / 1000.0)).collect();
        Row::new(format!("bytes to interactive: {screen}"), kilobytes(self.sum())).beside(&parts.join(", "))
    }
}

/// Weighs what pages name, each file once.
struct Scale {
    origin: String,
    client: Client,
    known: BTreeMap<String, usize>,
}

impl Scale {
    async fn load(&mut self, who: &Visitor, path: &str) -> anyhow::Result<Load> {
        let html = who.open(path).await.with_context(|| path.to_owned())?.text().await?;
        let mut load = Load { html: self.compressed(who, path).await?, ..Load::default() };
        let named: BTreeSet<&str> =
            html.split(['"', '\'']).filter(|word| word.starts_with("/site/") && !word.contains(['<', ' '])).collect();
        for file in named {
            let bytes = self.bytes(file).await?;
            match file.rsplit_once('.').map_or("", |(_, extension)| extension) {
                "css" => load.style += bytes,
                "js" => load.scripts += bytes,
                "wasm" => load.wasm += bytes,
                _ => {}
            }
        }
        Ok(load)
    }

    /// A page as it goes over the wire.
    async fn compressed(&self, who: &Visitor, path: &str) -> anyhow::Result<usize> {
        let request = self.client.get(format!("{}{path}", self.origin)).header(header::COOKIE, who.cookie());
        let answer = request.header(header::ACCEPT_ENCODING, "gzip").send().await?.error_for_status()?;
        Ok(answer.bytes().await?.len())
    }

    /// A file as it goes over the wire.
    async fn bytes(&mut self, file: &str) -> anyhow::Result<usize> {
        if let Some(bytes) = self.known.get(file) {
            return Ok(*bytes);
        }
        let request = self.client.get(format!("{}{file}", self.origin)).header(header::ACCEPT_ENCODING, "br");
        let bytes = request.send().await?.error_for_status()?.bytes().await?.len();
        self.known.insert(file.to_owned(), bytes);
        Ok(bytes)
    }
}
