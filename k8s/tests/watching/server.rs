//! An API server of one page: pods in memory, lists, and watches that end and forget on command.

use std::{
    io::Write as _,
    sync::{Arc, Mutex},
};

use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWrite, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
    sync::broadcast,
};

use crate::version;

const ONE: &str = "00000000000000000000000001";

/// A pod of ours, of any attempt.
pub(crate) fn pod(attempt: i32, ready: bool) -> Value {
    let spec = if ready { json!({ "nodeName": "gpu-1", "containers": [] }) } else { json!({ "containers": [] }) };
    let condition = json!({ "type": "Ready", "status": "True", "lastTransitionTime": "2026-11-01T10:01:00Z" });
    json!({
        "apiVersion": "v1", "kind": "Pod",
        "metadata": {
            "name": format!("in-{ONE}-{attempt}"), "namespace": format!("tm-{ONE}"), "uid": format!("uid-{attempt}"),
            "creationTimestamp": "2026-11-01T10:00:00Z", "annotations": { "tamuda.dev/wish-seq": "5" },
            "labels": {
                "app.kubernetes.io/managed-by": "tamuda", "tamuda.dev/installation": "dev",
                "tamuda.dev/organisation": ONE, "tamuda.dev/instance": ONE, "tamuda.dev/attempt": attempt.to_string(),
            },
        },
        "spec": spec,
        "status": if ready { json!({ "phase": "Running", "conditions": [condition] }) } else { json!({}) },
    })
}

#[derive(Clone)]
enum Word {
    Change(Value),
    End,
}

#[derive(Default)]
struct Memory {
    pods: Vec<Value>,
    changes: Vec<Value>,
    version: u64,
    forgotten: u64,
    forgets_in_the_stream: bool,
    refuses: bool,
    asked: Vec<String>,
}

#[derive(Clone)]
pub(crate) struct Server {
    address: String,
    memory: Arc<Mutex<Memory>>,
    words: broadcast::Sender<Word>,
}

impl Server {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let memory = Memory { version: 1, ..Memory::default() };
        let server = Self { address, memory: Arc::new(Mutex::new(memory)), words: broadcast::channel(64).0 };
        let serving = server.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let server = serving.clone();
                tokio::spawn(async move { server.answer(stream).await.ok() });
            }
        });
        server
    }

    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// What was asked for: paths with their queries.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.memory.lock().unwrap().asked.clone()
    }

    /// Writes a pod and tells every watch; the event is given back.
    pub(crate) fn apply(&self, pod: Value) -> Value {
        self.change("MODIFIED", pod, true)
    }

    /// Takes a pod away and tells every watch; the event is given back.
    pub(crate) fn delete(&self, attempt: i32) -> Value {
        self.change("DELETED", pod(attempt, false), false)
    }

    /// Tells an event once more.
    pub(crate) fn tell(&self, event: &Value) {
        self.words.send(Word::Change(event.clone())).ok();
    }

    /// Ends every watch as a loaded API server does: without a word.
    pub(crate) fn end_watches(&self) {
        self.words.send(Word::End).ok();
    }

    /// Forgets what happened until two changes from now, and says 410 in the stream or as its answer.
    pub(crate) fn forget(&self, in_the_stream: bool) {
        let mut memory = self.memory.lock().unwrap();
        memory.forgotten = memory.version + 2;
        memory.forgets_in_the_stream = in_the_stream;
    }

    /// Closes every connection unanswered, or no more.
    pub(crate) fn refuse(&self, refuses: bool) {
        self.memory.lock().unwrap().refuses = refuses;
    }

    fn change(&self, kind: &str, mut pod: Value, stays: bool) -> Value {
        let mut memory = self.memory.lock().unwrap();
        memory.version += 1;
        pod["metadata"]["resourceVersion"] = memory.version.to_string().into();
        memory.pods.retain(|other| other["metadata"]["name"] != pod["metadata"]["name"]);
        if stays {
            memory.pods.push(pod.clone());
        }
        let event = json!({ "type": kind, "object": pod });
        memory.changes.push(event.clone());
        self.words.send(Word::Change(event.clone())).ok();
        event
    }

    async fn answer(&self, mut stream: TcpStream) -> std::io::Result<()> {
        let (read, mut write) = stream.split();
        let mut lines = BufReader::new(read).lines();
        while let Some(line) = lines.next_line().await? {
            let target = line.split(' ').nth(1).unwrap_or_default().to_owned();
            while lines.next_line().await?.is_some_and(|header| !header.is_empty()) {}
            if self.memory.lock().unwrap().refuses {
                return Ok(());
            }
            self.memory.lock().unwrap().asked.push(target.clone());
            if !target.contains("watch=true") {
                write.write_all(&self.list(&target)).await?;
                continue;
            }
            return self.watch(&target, &mut write).await;
        }
        Ok(())
    }

    fn list(&self, target: &str) -> Vec<u8> {
        let memory = self.memory.lock().unwrap();
        let items = if is_ours(target) { memory.pods.clone() } else { Vec::new() };
        let list = json!({ "metadata": { "resourceVersion": memory.version.to_string() }, "items": items });
        whole(200, &list)
    }

    async fn watch(&self, target: &str, write: &mut (impl AsyncWrite + Unpin)) -> std::io::Result<()> {
        let from = target.split("resourceVersion=").nth(1).and_then(|text| text.split('&').next()?.parse().ok());
        let from: u64 = from.unwrap_or(0);
        let (mut words, missed, forgotten, in_the_stream) = {
            let memory = self.memory.lock().unwrap();
            let missed: Vec<Value> =
                memory.changes.iter().filter(|event| version(&event["object"]) > from).cloned().collect();
            (self.words.subscribe(), missed, from < memory.forgotten, memory.forgets_in_the_stream)
        };
        let gone = json!({ "kind": "Status", "code": 410, "reason": "Expired", "message": "too old resource version" });
        if forgotten && is_ours(target) && !in_the_stream {
            return write.write_all(&whole(410, &gone)).await;
        }
        write
            .write_all(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n")
            .await?;
        if forgotten && is_ours(target) {
            write.write_all(&chunk(&json!({ "type": "ERROR", "object": gone }))).await?;
            return write.write_all(b"0\r\n\r\n").await;
        }
        for event in missed.iter().filter(|_| is_ours(target)) {
            write.write_all(&chunk(event)).await?;
        }
        while let Ok(Word::Change(event)) = words.recv().await {
            if is_ours(target) {
                write.write_all(&chunk(&event)).await?;
            }
        }
        write.write_all(b"0\r\n\r\n").await
    }
}

fn is_ours(target: &str) -> bool {
    target.starts_with("/api/v1/pods") && target.contains("managed-by")
}

fn whole(code: u16, body: &Value) -> Vec<u8> {
    let (body, mut answer) = (body.to_string(), Vec::new());
    let head =
        format!("HTTP/1.1 {code} Said\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n", body.len());
    write!(answer, "{head}{body}").unwrap();
    answer
}

fn chunk(event: &Value) -> Vec<u8> {
    let line = format!("{event}\n");
    format!("{:x}\r\n{line}\r\n", line.len()).into_bytes()
}
