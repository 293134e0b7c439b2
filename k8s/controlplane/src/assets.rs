//! The programs: found where `KUBEBUILDER_ASSETS` says, else in a cache folder named by the sums of both Go modules, else
//! built into it. A build that was cut short is never found: the folder gets its name last.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, bail, ensure};
use sha2::{Digest, Sha256};

const PROGRAMS: [&str; 6] = ["etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kubectl", "kwok"];

/// Everything that decides what is built.
const SUMS: [&str; 4] = [
    include_str!("../go.mod"),
    include_str!("../go.sum"),
    include_str!("../kwok/go.mod"),
    include_str!("../kwok/go.sum"),
];

const KUBERNETES: &str = "v1.36.3";
/// The oldest Go that the modules take.
const GO: (u32, u32) = (1, 26);

/// A folder with the programs of a control plane.
#[derive(Clone, Debug)]
pub struct Assets(PathBuf);

impl Assets {
    /// The programs, built first where they are not there: that takes about 25 minutes of a processor, once.
    ///
    /// # Errors
    /// When a named folder lacks a program, and when there is no Go to build them with.
    pub fn find_or_build() -> anyhow::Result<Self> {
        if let Some(folder) = env::var_os("KUBEBUILDER_ASSETS") {
            return Self::named(PathBuf::from(folder));
        }
        let folder = cache()?.join(digest());
        if !folder.is_dir() {
            build(&folder)?;
        }
        Ok(Self(folder))
    }

    fn named(folder: PathBuf) -> anyhow::Result<Self> {
        for program in PROGRAMS {
            ensure!(
                folder.join(program).is_file(),
                "KUBEBUILDER_ASSETS names {}, which has no {program}",
                folder.display()
            );
        }
        Ok(Self(folder))
    }

    /// Where they are.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.0
    }

    /// One of them.
    pub(crate) fn program(&self, name: &str) -> Command {
        Command::new(self.0.join(name))
    }
}

/// `TAMUDA_CONTROLPLANE`, else a folder of the person's own cache.
fn cache() -> anyhow::Result<PathBuf> {
    if let Some(folder) = env::var_os("TAMUDA_CONTROLPLANE") {
        return Ok(PathBuf::from(folder));
    }
    let own = env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let own = own.or_else(|| env::home_dir().map(|home| home.join(".cache")));
    Ok(own
        .context("there is no home: set TAMUDA_CONTROLPLANE to a folder for the control plane")?
        .join("tamuda/controlplane"))
}

fn digest() -> String {
    let mut sum = Sha256::new();
    for text in SUMS {
        sum.update(text);
    }
    sum.finalize()[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}

fn build(folder: &Path) -> anyhow::Result<()> {
    let go = go()?;
    let unfinished = folder.with_extension(format!("{}.tmp", std::process::id()));
    fs::create_dir_all(&unfinished).with_context(|| format!("cannot write {}", unfinished.display()))?;
    let built = compile(&go, &unfinished);
    // Another process may have been faster: its programs are the same.
    let named = built.and_then(|()| match fs::rename(&unfinished, folder) {
        Err(_) if folder.is_dir() => Ok(()),
        renamed => renamed.context("the built programs cannot be put into place"),
    });
    // Nothing is there any more when all went well.
    let _ = fs::remove_dir_all(&unfinished);
    named
}

fn compile(go: &Path, into: &Path) -> anyhow::Result<()> {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR"));
    let version = "k8s.io/component-base/version";
    let (major, minor) = KUBERNETES.trim_start_matches('v').split_once('.').context("a version")?;
    let minor = minor.split('.').next().unwrap_or(minor);
    let said = format!(
        "-s -w -X {version}.gitVersion={KUBERNETES} -X {version}.gitMajor={major} -X {version}.gitMinor={minor}"
    );
    // Together, so that one is linked, on one processor, while the next is compiled.
    let kubernetes = ["kube-apiserver", "kube-controller-manager", "kube-scheduler", "kubectl"];
    let mut packages = kubernetes.map(|program| format!("k8s.io/kubernetes/cmd/{program}")).to_vec();
    packages.push("go.etcd.io/etcd/server/v3".to_owned());
    compile_all(go, "kubernetes and etcd", sources, &said, into, &packages)?;
    fs::rename(into.join("server"), into.join("etcd")).context("etcd was not built")?;
    compile_all(go, "kwok", &sources.join("kwok"), "-s -w", into, &["sigs.k8s.io/kwok/cmd/kwok".to_owned()])
}

/// Shows that it goes on: the first program takes minutes.
fn compile_all(
    go: &Path,
    what: &str,
    module: &Path,
    flags: &str,
    into: &Path,
    packages: &[String],
) -> anyhow::Result<()> {
    let start = Instant::now();
    let mut child = Command::new(go)
        .args(["build", "-ldflags", flags, "-o"])
        .arg(into)
        .args(packages)
        .current_dir(module)
        .env("CGO_ENABLED", "0")
        .env("GOTOOLCHAIN", "local")
        .env("GOFLAGS", "-trimpath -buildvcs=false -mod=readonly")
        .stdin(Stdio::null())
        .spawn()
        .with_context(|| format!("cannot start {}", go.display()))?;
    let mut told = Duration::ZERO;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        if start.elapsed() >= told {
            eprintln!("… control plane: {what} {} s", start.elapsed().as_secs());
            told += Duration::from_secs(20);
        }
        thread::sleep(Duration::from_millis(200));
    };
    ensure!(status.success(), "{what} was not built ({status})");
    Ok(())
}

/// A Go that is new enough.
fn go() -> anyhow::Result<PathBuf> {
    let places = env::var_os("PATH").unwrap_or_default();
    let places = env::split_paths(&places).chain([PathBuf::from("/usr/local/go/bin")]).map(|folder| folder.join("go"));
    let mut older = None;
    for go in places.filter(|go| go.is_file()) {
        let Some(version) = version_of(&go) else { continue };
        if version >= GO {
            return Ok(go);
        }
        older = Some(version);
    }
    let (major, minor) = GO;
    let found = older.map(|(major, minor)| format!(", and only {major}.{minor} is here")).unwrap_or_default();
    bail!(
        "the control plane is built with Go {major}.{minor} or newer{found}: install it (https://go.dev/dl), or name a \
         folder with {} in KUBEBUILDER_ASSETS",
        PROGRAMS.join(", ")
    )
}

fn version_of(go: &Path) -> Option<(u32, u32)> {
    let output = Command::new(go).args(["env", "GOVERSION"]).env("GOTOOLCHAIN", "local").output().ok()?;
    parsed(&String::from_utf8_lossy(&output.stdout))
}

fn parsed(text: &str) -> Option<(u32, u32)> {
    let mut numbers = text.trim().strip_prefix("go")?.split('.');
    let mut next = || numbers.next()?.parse().ok();
    next().zip(next())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_of_go_are_compared_as_numbers() {
        assert!(parsed("go1.26.8\n").unwrap() >= GO && parsed("go1.100").unwrap() >= GO);
        assert!(parsed("go1.9.7").unwrap() < GO);
        assert_eq!(parsed("devel"), None);
    }

    #[test]
    fn a_named_folder_must_have_every_program() {
        let empty = tempfile::tempdir().unwrap();
        let error = Assets::named(empty.path().to_owned()).unwrap_err().to_string();
        assert!(error.ends_with("which has no etcd"), "{error}");
    }
}
