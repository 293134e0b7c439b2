//! Bounded load over kept connections: each sends its next request once it has read the answer to the one before.

use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    task::JoinSet,
};

use crate::row::Spread;

/// Connections that load at a time.
pub(crate) const CONNECTIONS: usize = 4;

/// What came of it.
#[derive(Debug)]
pub(crate) struct Load {
    pub(crate) times: Spread,
    pub(crate) per_second: f64,
    /// Of one answer's body.
    pub(crate) bytes: usize,
}

/// Asks `host` for `path` as often as it answers, so long.
pub(crate) async fn load(host: &str, path: &str, cookie: &str, lasting: Duration) -> anyhow::Result<Load> {
    let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}; tamuda-locale=en\r\n\r\n");
    // The first answers fill caches and pools.
    run(host, &request, lasting / 5).await?;
    let start = Instant::now();
    let (times, bytes) = run(host, &request, lasting).await?;
    let per_second = times.len() as f64 / start.elapsed().as_secs_f64();
    Ok(Load { times, per_second, bytes })
}

async fn run(host: &str, request: &str, lasting: Duration) -> anyhow::Result<(Spread, usize)> {
    let mut connections = JoinSet::new();
    for _ in 0..CONNECTIONS {
        let (host, request) = (host.to_owned(), request.to_owned());
        connections.spawn(async move { repeat(&host, &request, lasting).await });
    }
    let done = connections.join_all().await.into_iter().collect::<anyhow::Result<Vec<_>>>()?;
    let bytes = done.iter().map(|(_, bytes)| *bytes).max().unwrap_or_default();
    Ok((Spread::of(done.into_iter().flat_map(|(times, _)| times)), bytes))
}

async fn repeat(host: &str, request: &str, lasting: Duration) -> anyhow::Result<(Vec<Duration>, usize)> {
    let mut stream = TcpStream::connect(host).await?;
    stream.set_nodelay(true)?;
    let (mut buffer, mut times, mut bytes) = (Vec::new(), Vec::new(), 0);
    let start = Instant::now();
    while start.elapsed() < lasting {
        let asked_at = Instant::now();
        stream.write_all(request.as_bytes()).await?;
        bytes = answer(&mut stream, &mut buffer).await?;
        times.push(asked_at.elapsed());
    }
    Ok((times, bytes))
}

/// Reads one whole answer, which must be 200 and say its length; how many bytes its body has.
async fn answer(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> anyhow::Result<usize> {
    buffer.clear();
    let head = loop {
        ensure!(stream.read_buf(buffer).await? > 0, "the connection ended");
        if let Some(end) = buffer.windows(4).position(|window| window == b"\r\n\r\n") {
            break end + 4;
        }
    };
    let text = std::str::from_utf8(&buffer[..head])?;
    if !text.starts_with("HTTP/1.1 200 ") {
        bail!("it answers {}", text.lines().next().unwrap_or_default());
    }
    let fields = text.lines().filter_map(|line| line.split_once(':'));
    let length = fields.into_iter().find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    let length: usize = length.context("an answer without its length")?.1.trim().parse()?;
    while buffer.len() < head + length {
        ensure!(stream.read_buf(buffer).await? > 0, "the connection ended");
    }
    Ok(length)
}
