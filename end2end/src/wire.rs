//! A wire between the portal and its database that reads along. It knows which tables each transaction writes, and can
//! stop one right before its commit reaches the database, or right after, before the portal hears of it: the two
//! moments between which a crash may fall. Everything that passes is the real protocol, unchanged.

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use anyhow::Context;
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, copy},
    net::{
        UnixListener, UnixStream,
        unix::{OwnedReadHalf, OwnedWriteHalf},
    },
    sync::Notify,
    task::JoinHandle,
};

/// The tables that a transaction writes.
pub type Writes = BTreeSet<String>;

/// What PostgreSQL calls its socket in the folder that clients are given.
const SOCKET: &str = ".s.PGSQL.5432";
/// Requests that come before the first message: to encrypt with TLS, and with GSSAPI.
const TO_ENCRYPT: [u32; 2] = [80_877_103, 80_877_104];

/// On which side of a commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// The database has not heard of it.
    Before,
    /// The database has done it; the portal does not know.
    After,
}

/// The wire; cut when it is dropped.
#[derive(Debug)]
pub struct Wire {
    folder: TempDir,
    shared: Arc<Shared>,
    accepting: JoinHandle<()>,
}

#[derive(Debug)]
struct Shared {
    database: PathBuf,
    seen: Mutex<Vec<Writes>>,
    mark: Mutex<Option<(Writes, Moment)>>,
    reached: Notify,
}

impl Wire {
    /// Lays the wire to the database server with its socket in `server`.
    pub fn to(server: &Path) -> anyhow::Result<Self> {
        let folder = TempDir::new()?;
        let listener = UnixListener::bind(folder.path().join(SOCKET)).context("the wire has no socket")?;
        let shared = Arc::new(Shared {
            database: server.join(SOCKET),
            seen: Mutex::default(),
            mark: Mutex::default(),
            reached: Notify::new(),
        });
        let for_each = Arc::clone(&shared);
        let accepting = tokio::spawn(async move {
            while let Ok((portal, _)) = listener.accept().await {
                // A connection that breaks is what the portal must live with.
                tokio::spawn(Arc::clone(&for_each).connect(portal));
            }
        });
        Ok(Self { folder, shared, accepting })
    }

    /// The folder to give the portal in place of the server's.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// What transactions have written so far, each kind once, in the order of their first commit.
    #[must_use]
    pub fn seen(&self) -> Vec<Writes> {
        lock(&self.shared.seen).clone()
    }

    /// Forgets what was seen.
    pub fn forget(&self) {
        lock(&self.shared.seen).clear();
    }

    /// Stops the next transaction that writes exactly these tables.
    pub fn stop_at(&self, writes: &Writes, moment: Moment) {
        *lock(&self.shared.mark) = Some((writes.clone(), moment));
    }

    /// Waits until a transaction was stopped. It stays so until the portal's end breaks its connection.
    pub async fn stopped(&self) {
        self.shared.reached.notified().await;
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl Shared {
    async fn connect(self: Arc<Self>, portal: UnixStream) -> io::Result<()> {
        let database = UnixStream::connect(&self.database).await?;
        let (from_portal, to_portal) = portal.into_split();
        let (from_database, to_database) = database.into_split();
        let held = Arc::new(AtomicBool::new(false));
        let answers = tokio::spawn(Arc::clone(&self).answers(from_database, to_portal, Arc::clone(&held)));
        let outcome = self.requests(from_portal, to_database, &held).await;
        answers.abort();
        outcome
    }

    /// Hands on what the database says, unless it is the answer that the portal must not hear.
    async fn answers(self: Arc<Self>, mut from: OwnedReadHalf, mut to: OwnedWriteHalf, held: Arc<AtomicBool>) {
        let mut buffer = vec![0; 64 * 1024];
        while let Ok(n @ 1..) = from.read(&mut buffer).await {
            if held.load(Ordering::Acquire) {
                self.reached.notify_one();
                return std::future::pending().await;
            }
            if to.write_all(&buffer[..n]).await.is_err() {
                return;
            }
        }
    }

    /// Hands on what the portal says, one message after the other.
    async fn requests(&self, mut from: OwnedReadHalf, mut to: OwnedWriteHalf, held: &AtomicBool) -> io::Result<()> {
        while TO_ENCRYPT.contains(&pass_opening(&mut from, &mut to).await?) {}
        let mut transaction = Transaction::default();
        loop {
            let message = Message::read(&mut from).await?;
            let commits = transaction.note(&message);
            match commits.and_then(|writes| self.moment(writes)) {
                Some(Moment::Before) => {
                    self.reached.notify_one();
                    // Nothing more is handed on; what the portal's end leaves is read and forgotten.
                    copy(&mut from, &mut tokio::io::sink()).await?;
                    return Ok(());
                }
                Some(Moment::After) => held.store(true, Ordering::Release),
                None => {}
            }
            to.write_all(&message.bytes).await?;
        }
    }

    /// Whether to stop this commit; it is noted in any case.
    fn moment(&self, writes: Writes) -> Option<Moment> {
        let mut mark = lock(&self.mark);
        let moment = mark.as_ref().filter(|(marked, _)| *marked == writes).map(|(_, moment)| *moment);
        if moment.is_some() {
            *mark = None;
        }
        let mut seen = lock(&self.seen);
        if !seen.contains(&writes) {
            seen.push(writes);
        }
        moment
    }
}

/// Hands on a message of the opening: its length, what it asks for, which is given, and the rest.
async fn pass_opening(from: &mut OwnedReadHalf, to: &mut OwnedWriteHalf) -> io::Result<u32> {
    let (length, asked) = (from.read_u32().await?, from.read_u32().await?);
    let mut rest = vec![0; length.saturating_sub(8) as usize];
    from.read_exact(&mut rest).await?;
    to.write_u32(length).await?;
    to.write_u32(asked).await?;
    to.write_all(&rest).await?;
    Ok(asked)
}

/// One message of the portal, as it came.
struct Message {
    bytes: Vec<u8>,
}

impl Message {
    async fn read(from: &mut OwnedReadHalf) -> io::Result<Self> {
        let mut bytes = vec![0; 5];
        from.read_exact(&mut bytes).await?;
        let length = bytes[1..].iter().fold(0, |all, byte| all << 8 | usize::from(*byte));
        bytes.resize(length + 1, 0);
        from.read_exact(&mut bytes[5..]).await?;
        Ok(Self { bytes })
    }

    /// The text that ends with the `n`-th zero.
    fn text(&self, n: usize) -> &str {
        let text = self.bytes[5..].split(|byte| *byte == 0).nth(n).unwrap_or_default();
        std::str::from_utf8(text).unwrap_or_default()
    }
}

/// What one connection's statements write, and what its open transaction has written so far.
#[derive(Default)]
struct Transaction {
    prepared: BTreeMap<String, Writes>,
    writes: Writes,
}

impl Transaction {
    /// Follows a message; at a commit gives what the transaction wrote, if it wrote.
    fn note(&mut self, message: &Message) -> Option<Writes> {
        match message.bytes[0] {
            // Parse: the statement's name, then its text.
            b'P' => drop(self.prepared.insert(message.text(0).to_owned(), written(message.text(1)))),
            // Bind: the portal's name, then the statement's.
            b'B' => self.writes.extend(self.prepared.get(message.text(1)).into_iter().flatten().cloned()),
            b'Q' => return self.simple(message.text(0)),
            _ => {}
        }
        None
    }

    fn simple(&mut self, sql: &str) -> Option<Writes> {
        match sql.split_whitespace().next().unwrap_or_default() {
            "COMMIT" => Some(std::mem::take(&mut self.writes)).filter(|writes| !writes.is_empty()),
            "BEGIN" | "ROLLBACK" if !sql.contains("SAVEPOINT") => {
                self.writes.clear();
                None
            }
            _ => {
                self.writes.extend(written(sql));
                None
            }
        }
    }
}

/// The tables that a statement writes. What a function writes inside the database is not seen.
fn written(sql: &str) -> Writes {
    let words: Vec<&str> = sql
        .split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '"'))
        .filter(|word| !word.is_empty())
        .collect();
    let table = |words: &[&str]| match words {
        ["INSERT", "INTO", table, ..] | ["DELETE", "FROM", table, ..] => Some((*table).to_owned()),
        ["UPDATE", table, ..] => Some((*table).to_owned()),
        _ => None,
    };
    // `FOR UPDATE` locks and `DO UPDATE` belongs to the insert before it.
    let locks = |at: usize| at > 0 && matches!(words[at - 1], "FOR" | "DO" | "KEY");
    (0..words.len()).filter(|at| !locks(*at)).filter_map(|at| table(&words[at..])).collect()
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(kind: u8, texts: &[&str]) -> Message {
        let body: Vec<u8> = texts.iter().flat_map(|text| text.bytes().chain([0])).collect();
        Message { bytes: [vec![kind, 0, 0, 0, 0], body].concat() }
    }

    fn set(tables: &[&str]) -> Writes {
        tables.iter().map(|table| (*table).to_owned()).collect()
    }

    #[test]
    fn a_lock_and_an_upsert_write_what_they_write() {
        assert_eq!(written("SELECT * FROM hold FOR UPDATE"), set(&[]));
        assert_eq!(
            written("INSERT INTO \"leader\" AS l (name) VALUES ($1) ON CONFLICT DO UPDATE SET a = 1"),
            set(&["leader"])
        );
        assert_eq!(written("WITH a AS (UPDATE lot SET x = 1) DELETE FROM hold"), set(&["lot", "hold"]));
    }

    #[test]
    fn a_commit_tells_what_was_bound_since_its_begin() {
        let mut transaction = Transaction::default();
        transaction.note(&message(b'P', &["s1", "INSERT INTO lease VALUES ($1)"]));
        transaction.note(&message(b'B', &["", "s1"]));
        assert_eq!(transaction.note(&message(b'Q', &["ROLLBACK"])), None);
        assert_eq!(transaction.note(&message(b'Q', &["COMMIT"])), None);
        transaction.note(&message(b'B', &["", "s1"]));
        assert_eq!(transaction.note(&message(b'Q', &["COMMIT"])), Some(set(&["lease"])));
    }
}
