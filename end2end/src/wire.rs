//! A wire between the portal and its database that reads along. It knows which tables each commit writes, and can stop
//! one right before it reaches the database, or right after, before the portal hears of it: the two moments between
//! which a crash may fall. Everything that passes is the real protocol, unchanged. Since the code places no marks, none
//! can be forgotten: whatever is written passes here.

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

/// The tables that a commit writes; a function of the database that writes stands for its own, as `name()`.
pub type Writes = BTreeSet<String>;

/// What PostgreSQL calls its socket in the folder that clients are given.
const SOCKET: &str = ".s.PGSQL.5432";
/// Requests that come before the first message: to encrypt with TLS, and with GSSAPI.
const TO_ENCRYPT: [u32; 2] = [80_877_103, 80_877_104];

/// On which side of a commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Moment {
    /// The database has not heard of it.
    Before,
    /// The database has done it; the portal does not know.
    After,
}

/// Where a crash may fall.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Mark {
    /// What the commit writes.
    pub writes: Writes,
    /// Its place among those that write the same, 1 for the first.
    pub nth: usize,
    /// On which side of it.
    pub moment: Moment,
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
    /// The functions of the database that write.
    functions: BTreeSet<String>,
    watch: Mutex<Watch>,
    reached: Notify,
}

/// What is counted and waited for.
#[derive(Debug, Default)]
struct Watch {
    seen: Vec<Writes>,
    mark: Option<Mark>,
}

impl Wire {
    /// Lays the wire to the database server with its socket in `server`; of the database's functions it is told the names
    /// and the bodies.
    pub fn to(server: &Path, functions: &[(String, String)]) -> anyhow::Result<Self> {
        let folder = TempDir::new()?;
        let listener = UnixListener::bind(folder.path().join(SOCKET)).context("the wire has no socket")?;
        let shared = Arc::new(Shared {
            database: server.join(SOCKET),
            functions: that_write(functions),
            watch: Mutex::default(),
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

    /// What each commit has written since the watch began, in their order.
    #[must_use]
    pub fn seen(&self) -> Vec<Writes> {
        lock(&self.shared.watch).seen.clone()
    }

    /// Counts commits from here on, and stops at the mark, if one is given.
    pub fn watch(&self, mark: Option<&Mark>) {
        *lock(&self.shared.watch) = Watch { seen: Vec::new(), mark: mark.cloned() };
    }

    /// Stops at no mark from here on; false where it was met already.
    pub fn let_pass(&self) -> bool {
        lock(&self.shared.watch).mark.take().is_some()
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
            let commits = transaction.note(&message, &self.functions);
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
        lock(&self.watch).moment(writes)
    }
}

impl Watch {
    fn moment(&mut self, writes: Writes) -> Option<Moment> {
        let nth = 1 + self.seen.iter().filter(|seen| **seen == writes).count();
        let mark = self.mark.take_if(|mark| mark.writes == writes && mark.nth == nth);
        self.seen.push(writes);
        mark.map(|mark| mark.moment)
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

/// What one connection's statements write, and what it has written so far and not committed.
#[derive(Default)]
struct Transaction {
    prepared: BTreeMap<String, Writes>,
    writes: Writes,
    /// Between its begin and its end; outside, each statement commits by itself.
    is_open: bool,
}

impl Transaction {
    /// Follows a message; at a commit gives what it writes, if it writes.
    fn note(&mut self, message: &Message, functions: &BTreeSet<String>) -> Option<Writes> {
        match message.bytes[0] {
            // Parse: the statement's name, then its text.
            b'P' => drop(self.prepared.insert(message.text(0).to_owned(), written(message.text(1), functions))),
            // Bind: the portal's name, then the statement's.
            b'B' => self.writes.extend(self.prepared.get(message.text(1)).into_iter().flatten().cloned()),
            // Sync: what was executed outside a transaction is committed.
            b'S' if !self.is_open => return self.committed(),
            b'Q' => return self.simple(message.text(0), functions),
            _ => {}
        }
        None
    }

    fn simple(&mut self, sql: &str, functions: &BTreeSet<String>) -> Option<Writes> {
        match sql.split_whitespace().next().unwrap_or_default() {
            "COMMIT" => {
                self.is_open = false;
                self.committed()
            }
            begins @ ("BEGIN" | "ROLLBACK") if !sql.contains("SAVEPOINT") => {
                self.is_open = begins == "BEGIN";
                self.writes.clear();
                None
            }
            _ => {
                self.writes.extend(written(sql, functions));
                if self.is_open { None } else { self.committed() }
            }
        }
    }

    fn committed(&mut self) -> Option<Writes> {
        Some(std::mem::take(&mut self.writes)).filter(|writes| !writes.is_empty())
    }
}

/// The tables that a statement writes, and the functions that write for it. What a trigger writes belongs to its statement.
fn written(sql: &str, functions: &BTreeSet<String>) -> Writes {
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
    let tables = (0..words.len()).filter(|at| !locks(*at)).filter_map(|at| table(&words[at..]));
    // What stands before a bracket is called.
    let called = sql.split('(').filter_map(|before| before.rsplit(|c: char| !c.is_alphanumeric() && c != '_').next());
    tables.chain(called.filter(|name| functions.contains(*name)).map(|name| format!("{name}()"))).collect()
}

/// The names of those functions that write, or call one that does.
fn that_write(functions: &[(String, String)]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    loop {
        let writes = |body: &str| !written(body, &found).is_empty();
        let more: BTreeSet<_> =
            functions.iter().filter(|(_, body)| writes(body)).map(|(name, _)| name.clone()).collect();
        if more.len() == found.len() {
            return found;
        }
        found = more;
    }
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

    fn none() -> BTreeSet<String> {
        BTreeSet::new()
    }

    #[test]
    fn a_lock_and_an_upsert_write_what_they_write() {
        assert_eq!(written("SELECT * FROM hold FOR UPDATE", &none()), set(&[]));
        assert_eq!(
            written("INSERT INTO \"leader\" AS l (name) VALUES ($1) ON CONFLICT DO UPDATE SET a = 1", &none()),
            set(&["leader"])
        );
        assert_eq!(written("WITH a AS (UPDATE lot SET x = 1) DELETE FROM hold", &none()), set(&["lot", "hold"]));
    }

    #[test]
    fn a_function_that_writes_is_a_write_of_whoever_calls_it() {
        let body = |name: &str, body: &str| (name.to_owned(), body.to_owned());
        let functions = that_write(&[
            body("outer_one", "SELECT touch_session($1)"),
            body("touch_session", "UPDATE session SET seen_at = $1"),
            body("session_of", "SELECT * FROM session FOR UPDATE"),
        ]);
        assert_eq!(functions, set(&["outer_one", "touch_session"]));
        assert_eq!(written("SELECT * FROM outer_one($1), session_of($2)", &functions), set(&["outer_one()"]));
    }

    #[test]
    fn a_commit_tells_what_was_bound_since_its_begin() {
        let mut transaction = Transaction::default();
        let mut note = |kind: u8, texts: &[&str]| transaction.note(&message(kind, texts), &none());
        note(b'P', &["s1", "INSERT INTO lease VALUES ($1)"]);
        note(b'Q', &["BEGIN"]);
        note(b'B', &["", "s1"]);
        assert_eq!(note(b'S', &[]), None);
        assert_eq!(note(b'Q', &["ROLLBACK"]), None);
        assert_eq!(note(b'Q', &["COMMIT"]), None);
        note(b'Q', &["BEGIN"]);
        note(b'B', &["", "s1"]);
        assert_eq!(note(b'Q', &["COMMIT"]), Some(set(&["lease"])));
    }

    #[test]
    fn what_is_written_outside_a_transaction_commits_by_itself() {
        let mut transaction = Transaction::default();
        let mut note = |kind: u8, texts: &[&str]| transaction.note(&message(kind, texts), &none());
        note(b'P', &["s1", "UPDATE leader SET until = $1"]);
        assert_eq!(note(b'S', &[]), None);
        note(b'B', &["", "s1"]);
        assert_eq!(note(b'S', &[]), Some(set(&["leader"])));
        assert_eq!(note(b'Q', &["DELETE FROM leader"]), Some(set(&["leader"])));
    }

    #[test]
    fn the_second_commit_that_writes_the_same_is_another_mark() {
        let mark = Mark { writes: set(&["credit_note"]), nth: 2, moment: Moment::After };
        let mut watch = Watch { seen: Vec::new(), mark: Some(mark) };
        assert_eq!(watch.moment(set(&["credit_note"])), None);
        assert_eq!(watch.moment(set(&["leader"])), None);
        assert_eq!(watch.moment(set(&["credit_note"])), Some(Moment::After));
        assert_eq!(watch.moment(set(&["credit_note"])), None);
        assert_eq!(watch.seen.len(), 4);
    }
}
