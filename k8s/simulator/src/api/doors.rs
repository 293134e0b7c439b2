//! The listening socket and its connections, which faults can close: refused, cut in the middle, cut before an answer.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use crate::faults::Faults;

/// The socket; closed while a fault refuses connections.
pub(crate) struct Doors {
    address: SocketAddr,
    socket: Option<TcpListener>,
    faults: Arc<Faults>,
    cut_all: watch::Sender<u64>,
}

/// The handle by which a connection can be cut.
#[derive(Clone, Debug)]
pub(crate) struct Line(Arc<watch::Sender<bool>>);

/// A connection that ends with a reset when it is cut.
pub(crate) struct Wire {
    stream: TcpStream,
    cut: Pin<Box<dyn Future<Output = ()> + Send>>,
}

impl Doors {
    pub(crate) fn new(socket: TcpListener, faults: Arc<Faults>, cut_all: watch::Sender<u64>) -> io::Result<Self> {
        Ok(Self { address: socket.local_addr()?, socket: Some(socket), faults, cut_all })
    }

    /// Answers the next connection, or none when a fault closed the doors meanwhile.
    async fn next(&mut self) -> Option<TcpStream> {
        let mut changes = self.faults.changes();
        if self.faults.is_refusing() {
            self.socket = None;
            self.cut_all.send_modify(|n| *n += 1);
            changes.changed().await.ok();
            return None;
        }
        if self.socket.is_none() {
            self.socket = self.rebind().await;
        }
        let socket = self.socket.as_ref()?;
        tokio::select! {
            accepted = socket.accept() => match accepted {
                Ok((stream, _)) => Some(stream),
                Err(error) => {
                    tracing::warn!(%error, "a connection was not accepted");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                    None
                }
            },
            _ = changes.changed() => None,
        }
    }

    async fn rebind(&self) -> Option<TcpListener> {
        match TcpListener::bind(self.address).await {
            Ok(socket) => Some(socket),
            Err(error) => {
                tracing::warn!(%error, address = %self.address, "cannot listen again yet");
                tokio::time::sleep(Duration::from_millis(100)).await;
                None
            }
        }
    }
}

impl Line {
    /// Cuts the connection: its next read or write fails.
    pub(crate) fn cut(&self) {
        self.0.send_replace(true);
    }
}

impl Listener for Doors {
    type Io = Wire;
    type Addr = Line;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        loop {
            if let Some(stream) = self.next().await {
                stream.set_nodelay(true).ok();
                let line = Line(Arc::new(watch::Sender::new(false)));
                let (mut one, mut all) = (line.0.subscribe(), self.cut_all.subscribe());
                let cut = Box::pin(async move {
                    tokio::select! {
                        _ = one.wait_for(|cut| *cut) => {}
                        _ = all.changed() => {}
                    }
                });
                return (Wire { stream, cut }, line);
            }
        }
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        Ok(Line(Arc::new(watch::Sender::new(false))))
    }
}

impl Connected<IncomingStream<'_, Doors>> for Line {
    fn connect_info(stream: IncomingStream<'_, Doors>) -> Self {
        stream.remote_addr().clone()
    }
}

impl Wire {
    fn check(&mut self, cx: &mut Context<'_>) -> io::Result<()> {
        match self.cut.as_mut().poll(cx) {
            Poll::Ready(()) => {
                // A finished future must not be polled again.
                self.cut = Box::pin(std::future::ready(()));
                Err(io::ErrorKind::ConnectionReset.into())
            }
            Poll::Pending => Ok(()),
        }
    }
}

impl AsyncRead for Wire {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        self.check(cx)?;
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl AsyncWrite for Wire {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.check(cx)?;
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
