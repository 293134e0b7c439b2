//! Where a private server lives: its files, its socket, and the account it runs as.

use std::{
    env, fs, io,
    os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt, chown},
    path::{Path, PathBuf},
    process,
};

use anyhow::{Context, ensure};
use rustix::{
    fs::statfs,
    process::{Signal, geteuid},
};

use crate::{
    leftover,
    system::{self, Account},
    workspace::Workspace,
};

/// PostgreSQL refuses to run as root and cannot enter root's home: as root it lives here, under another account.
const FOR_ROOT: &str = "/var/lib/tamuda";
/// Where Linux keeps files in memory. A test's database is hundreds of files that live for a second, and ext4 searches long
/// for places that were not given up a moment before: on a disk the tests of the rules take half as long again.
const IN_MEMORY: &str = "/dev/shm";
/// What must be free there: the log of what is written, and some databases at a time.
const ENOUGH_BYTES: u64 = 4 << 30;
/// What `statfs` says of such a place.
const TMPFS: u32 = 0x0102_1994;

/// One server's folders.
#[derive(Debug)]
pub(super) struct Place {
    /// Holds everything below; the caller's own.
    pub(super) folder: PathBuf,
    /// Holds the socket alone. Its path is short: the system allows 107 bytes with the socket's name.
    pub(super) socket: PathBuf,
    /// The account that the server runs as, where it is not the caller's.
    pub(super) account: Option<Account>,
}

impl Place {
    /// The development server's, which stays: `data/postgres`, or as root below `/var/lib/tamuda`.
    pub(super) fn lasting(workspace: &Workspace) -> anyhow::Result<Self> {
        let folder =
            if system::is_root() { root_folder(workspace).join("postgres") } else { workspace.data().join("postgres") };
        Self::prepare(folder, &workspace.fingerprint())
    }

    /// A test server's, thrown away at the end and kept in memory where that can be.
    pub(super) fn passing(workspace: &Workspace) -> anyhow::Result<Self> {
        match memory_folder()? {
            Some(parent) => Self::among(&parent, workspace),
            None => Self::measured(workspace),
        }
    }

    /// A measurement's, thrown away at the end and kept on the disk.
    pub(super) fn measured(workspace: &Workspace) -> anyhow::Result<Self> {
        let parent = if system::is_root() { root_folder(workspace) } else { workspace.target().join("postgres") };
        Self::among(&parent, workspace)
    }

    /// One of its own. What killed runs left behind is removed first.
    fn among(parent: &Path, workspace: &Workspace) -> anyhow::Result<Self> {
        sweep(parent);
        let name = format!("test-{}", process::id());
        Self::prepare(parent.join(&name), &format!("{}-{name}", workspace.fingerprint()))
    }

    fn prepare(folder: PathBuf, name: &str) -> anyhow::Result<Self> {
        let account = system::is_root().then(|| Account::find_or_create("postgres")).transpose()?;
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        let socket = match account {
            Some(_) => folder.join("socket"),
            None => env::temp_dir().join(format!("tamuda-{name}")),
        };
        let place = Self { folder, socket, account };
        place.make_private(&place.socket)?;
        Ok(place)
    }

    /// The server's files.
    pub(super) fn cluster(&self) -> PathBuf {
        self.folder.join("cluster")
    }

    /// What the server says.
    pub(super) fn log(&self) -> PathBuf {
        self.folder.join("log")
    }

    /// A folder that only the server's account may enter (and root).
    pub(super) fn make_private(&self, folder: &Path) -> anyhow::Result<()> {
        match fs::DirBuilder::new().mode(0o700).create(folder) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error.into()),
            _ => self.give(folder)?,
        }
        // The temporary folder is everybody's: a folder that was there before must be our own.
        let metadata = fs::symlink_metadata(folder)?;
        let owner = self.account.map_or_else(|| geteuid().as_raw(), |account| account.user);
        ensure!(
            metadata.is_dir() && metadata.uid() == owner,
            "{} belongs to somebody else: remove it",
            folder.display()
        );
        Ok(fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?)
    }

    /// Gives a file or folder to the server's account.
    pub(super) fn give(&self, path: &Path) -> anyhow::Result<()> {
        let Some(Account { user, group }) = self.account else { return Ok(()) };
        chown(path, Some(user), Some(group)).with_context(|| format!("cannot give {} away", path.display()))
    }

    /// Ends the server that still works on these files.
    pub(super) fn end_leftover(&self) {
        end_leftover(&self.cluster(), Signal::INT);
    }

    /// Removes everything. A folder that stays costs space and nothing else, and the next run sweeps it.
    pub(super) fn remove(&self) {
        let _ = fs::remove_dir_all(&self.folder);
        let _ = fs::remove_dir_all(&self.socket);
    }
}

fn end_leftover(cluster: &Path, signal: Signal) {
    leftover::end(&cluster.join("postmaster.pid"), cluster, signal);
}

/// The folder in memory, if there is room: one for all clones, so that each removes what another's killed run left. Nobody
/// else can have made it or change what is in it.
fn memory_folder() -> anyhow::Result<Option<PathBuf>> {
    let has_room = statfs(IN_MEMORY)
        .is_ok_and(|place| place.f_type as u32 == TMPFS && place.f_bavail * place.f_bsize as u64 >= ENOUGH_BYTES);
    if !has_room {
        return Ok(None);
    }
    let user = geteuid().as_raw();
    let folder = Path::new(IN_MEMORY).join(format!("tamuda-{user}"));
    match fs::DirBuilder::new().mode(0o711).create(&folder) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error.into()),
        _ => {}
    }
    let metadata = fs::symlink_metadata(&folder)?;
    let is_own = metadata.is_dir() && metadata.uid() == user && metadata.mode() & 0o022 == 0;
    ensure!(is_own, "{} belongs to somebody else: remove it", folder.display());
    Ok(Some(folder))
}

fn root_folder(workspace: &Workspace) -> PathBuf {
    Path::new(FOR_ROOT).join(workspace.fingerprint())
}

/// Removes the test servers whose run is gone, and ends those that were left running.
fn sweep(parent: &Path) {
    for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Some(run) = name.strip_prefix("test-") else { continue };
        if leftover::has_ended(run) {
            end_leftover(&entry.path().join("cluster"), Signal::QUIT);
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}
