//! What tests need besides the workspace: Chromium and axe-core for the journeys, servers that the portal speaks to, and
//! validators that judge its documents.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{bail, ensure};
use sha2::{Digest, Sha512};

use crate::{process, system, workspace::Workspace};

/// The first of these in the search path is taken, after `CHROME`.
const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const AXE: &str = "axe-core@4.14.1";
const AXE_ARCHIVE: &str = "axe-core-4.14.1.tgz";
/// SHA-512 of the published archive, as the registry's `dist.integrity` gives it in base 64.
const AXE_SHA512: &str = "1477dafa598d8d065f273d6af302aa203c02e83131707b7fa648cd41bd3d6b734f8c22a0dab86ee6a6f64b8afbe804b2\
                          14d36db85a2826965edfb3a0b9d546b5";

/// What judges pages, with the Debian package that has it.
const PAGE_TOOLS: [(&str, &str); 3] =
    [("qpdf", "qpdf"), ("pdftotext", "poppler-utils"), ("pdfdetach", "poppler-utils")];
/// What judges electronic documents, by name and version.
const JUDGES: &str = "server/documents/tests/validators/requirements.txt";
/// Stripe's mock server: its sum stands in Go's public log of sums, which `go` asks.
const STRIPE_MOCK: &str = "github.com/stripe/stripe-mock";
const STRIPE_MOCK_VERSION: &str = "v0.203.0";

/// The installed browser; Debian's is installed where that is allowed.
pub(super) fn chromium() -> anyhow::Result<PathBuf> {
    if let Some(chosen) = env::var_os("CHROME").filter(|chosen| !chosen.is_empty()) {
        let chosen = PathBuf::from(chosen);
        ensure!(chosen.is_file(), "CHROME names {}, which is no file", chosen.display());
        return Ok(chosen);
    }
    let find = || BROWSERS.iter().find_map(|name| process::in_path(name));
    if find().is_none() && system::may_install() {
        system::install("chromium")?;
    }
    let Some(found) = find() else {
        bail!("there is no Chromium: install it (on Debian `sudo apt-get install chromium`) or name one in CHROME");
    };
    Ok(found)
}

/// `axe.min.js` of the pinned version, unpacked from the npm package.
pub(super) fn axe(workspace: &Workspace) -> anyhow::Result<PathBuf> {
    let folder = workspace.target().join("axe");
    let (archive, script) = (folder.join(AXE_ARCHIVE), folder.join("package/axe.min.js"));
    if !is_published_archive(&archive) {
        fetch_axe(&folder)?;
        ensure!(is_published_archive(&archive), "{AXE} came with another content than the published one: not used");
    }
    // Unpacked each time: only the archive is checked.
    process::output(Command::new("tar").arg("xf").arg(&archive).arg("-C").arg(&folder).arg("package/axe.min.js"))?;
    Ok(script)
}

/// The servers that the portal speaks to, as `end2end/peers` names them, installed beside their scripts.
pub(super) fn peers(workspace: &Workspace) -> anyhow::Result<PathBuf> {
    for program in ["node", "npm"] {
        if process::in_path(program).is_none() {
            bail!("they run on Node, and there is no {program}: install it (on Debian `sudo apt-get install npm`)");
        }
    }
    let folder = workspace.target().join("peers");
    std::fs::create_dir_all(&folder)?;
    for file in std::fs::read_dir("end2end/peers")? {
        let file = file?;
        std::fs::copy(file.path(), folder.join(file.file_name()))?;
    }
    // What is installed already as the lock says takes a second.
    let mut npm = Command::new("npm");
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"]);
    process::output(npm.current_dir(&folder))?;
    Ok(folder)
}

/// The Python that judges electronic documents, in an environment of its own; what judges pages is in the search path after this.
pub(super) fn validators(workspace: &Workspace) -> anyhow::Result<PathBuf> {
    for (program, package) in PAGE_TOOLS {
        if process::in_path(program).is_none() && system::may_install() {
            system::install(package)?;
        }
        if process::in_path(program).is_none() {
            bail!("there is no {program}: install it (on Debian `sudo apt-get install {package}`)");
        }
    }
    let folder = workspace.target().join("validators");
    let python = folder.join("bin/python");
    if !folder.join("bin/pip").is_file() {
        make_environment(&folder)?;
    }
    // Without what they depend on: the versions are all named. What is installed already takes a second.
    let mut pip = Command::new(&python);
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--requirement", JUDGES]);
    process::output(&mut pip)?;
    Ok(python)
}

fn make_environment(folder: &Path) -> anyhow::Result<()> {
    let make = || process::output(Command::new("python3").args(["-m", "venv", "--clear"]).arg(folder)).map(drop);
    if make().is_err() && system::may_install() {
        system::install("python3-venv")?;
    }
    // Debian's Python makes none without that package, and says so.
    make()
}

/// Stripe's own mock server, which knows Stripe's description of its API: built once, which takes about a minute.
pub(super) fn stripe_mock(workspace: &Workspace) -> anyhow::Result<PathBuf> {
    let folder = workspace.target().join("stripe-mock").join(STRIPE_MOCK_VERSION);
    let program = folder.join("stripe-mock");
    if program.is_file() {
        return Ok(program);
    }
    let usual = Some(PathBuf::from("/usr/local/go/bin/go")).filter(|go| go.is_file());
    let Some(go) = process::in_path("go").or(usual) else {
        bail!("stripe-mock is built with Go, and there is none: install it (https://go.dev/dl)");
    };
    let mut install = Command::new(go);
    install.args(["install", "-trimpath", &format!("{STRIPE_MOCK}@{STRIPE_MOCK_VERSION}")]).env("GOBIN", &folder);
    process::output(&mut install)?;
    ensure!(program.is_file(), "Go built no {}", program.display());
    Ok(program)
}

fn fetch_axe(folder: &Path) -> anyhow::Result<()> {
    if process::in_path("npm").is_none() {
        bail!(
            "axe-core comes from its npm package, and there is no npm: install it (on Debian `sudo apt-get install npm`)"
        );
    }
    std::fs::create_dir_all(folder)?;
    process::output(Command::new("npm").args(["pack", AXE, "--pack-destination"]).arg(folder)).map(drop)
}

fn is_published_archive(archive: &Path) -> bool {
    let Ok(content) = std::fs::read(archive) else { return false };
    let sum: String = Sha512::digest(content).iter().map(|byte| format!("{byte:02x}")).collect();
    sum == AXE_SHA512
}
