//! What the person at the terminal sees: steps with their time, tables, and colour where it is wanted.

use std::{
    env,
    io::{IsTerminal, Write, stderr},
    sync::mpsc::{self, RecvTimeoutError, Sender},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

/// How a piece of text looks on a terminal that shows colour.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Look {
    Bold = 1,
    Dim = 2,
    Red = 31,
    Green = 32,
    Yellow = 33,
}

/// `text` in this look, or as it is where colour is unwanted (`NO_COLOR`) or useless.
pub(crate) fn paint(look: Look, text: &str) -> String {
    let wanted = env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()) && stderr().is_terminal();
    if wanted { format!("\x1b[{}m{text}\x1b[0m", look as u8) } else { text.to_owned() }
}

/// Says one sentence.
pub(crate) fn say(sentence: &str) {
    eprintln!("{sentence}");
}

/// Says what the person should know although nothing failed.
pub(crate) fn warn(sentence: &str) {
    eprintln!("{} {sentence}", paint(Look::Yellow, "!"));
}

/// Seconds with one decimal, minutes above two of them.
pub(crate) fn duration(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    if seconds < 120.0 {
        format!("{seconds:.1} s")
    } else {
        format!("{} min {:02} s", time.as_secs() / 60, time.as_secs() % 60)
    }
}

/// Does a step whose work prints its own progress: a line before it and one with its time after it.
pub(crate) fn step<T>(what: &str, work: impl FnOnce() -> anyhow::Result<T>) -> anyhow::Result<T> {
    let start = Instant::now();
    eprintln!("{} {what}", paint(Look::Dim, "…"));
    conclude(what, start, work())
}

/// Does a step whose work says nothing: while it lasts longer than two seconds, the time passed is shown.
pub(crate) fn silent_step<T>(what: &str, work: impl FnOnce() -> anyhow::Result<T>) -> anyhow::Result<T> {
    let start = Instant::now();
    let clock = Clock::start(what.to_owned(), start);
    let result = work();
    clock.end();
    conclude(what, start, result)
}

fn conclude<T>(what: &str, start: Instant, result: anyhow::Result<T>) -> anyhow::Result<T> {
    let mark = if result.is_ok() { paint(Look::Green, "✓") } else { paint(Look::Red, "✗") };
    eprintln!("{mark} {what} {}", paint(Look::Dim, &duration(start.elapsed())));
    result
}

/// Columns as wide as their widest cell, two spaces between them.
pub(crate) fn table<const N: usize>(rows: &[[String; N]]) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: [usize; N] = std::array::from_fn(width);
    let line = |row: &[String; N]| {
        let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
        format!("  {}\n", cells.collect::<Vec<_>>().join("  ").trim_end())
    };
    rows.iter().map(line).collect()
}

/// Shows the time that passes: in place on a terminal, as a line now and then elsewhere.
struct Clock {
    end: Sender<()>,
    ticking: JoinHandle<()>,
}

impl Clock {
    fn start(what: String, start: Instant) -> Self {
        let (end, ended) = mpsc::channel();
        let on_terminal = stderr().is_terminal();
        let pause = if on_terminal { Duration::from_secs(1) } else { Duration::from_secs(20) };
        let ticking = thread::spawn(move || {
            let mut wait = Duration::from_secs(2);
            while ended.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                let passed = format!("… {what} {}", paint(Look::Dim, &duration(start.elapsed())));
                if on_terminal {
                    eprint!("\r\x1b[K{passed}")
                } else {
                    eprintln!("{passed}")
                }
                // A terminal that went away does not stop the work.
                let _ = stderr().flush();
                wait = pause;
            }
            if on_terminal {
                eprint!("\r\x1b[K");
            }
        });
        Self { end, ticking }
    }

    fn end(self) {
        drop(self.end);
        // The thread only prints: its end is all that matters.
        let _ = self.ticking.join();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let rows = [["a", "long role"], ["amina@acme", "x"]].map(|row| row.map(str::to_owned));
        assert_eq!(table(&rows), "  a           long role\n  amina@acme  x\n");
    }

    #[test]
    fn long_times_are_given_in_minutes() {
        assert_eq!(duration(Duration::from_millis(1_540)), "1.5 s");
        assert_eq!(duration(Duration::from_secs(245)), "4 min 05 s");
    }
}
