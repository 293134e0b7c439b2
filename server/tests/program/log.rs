//! What the log says of a request: who asked, from where and what, and nothing that they sent.

use std::{
    io,
    sync::{Arc, Mutex},
};

use serde_json::{Value, json};
use tracing::subscriber::DefaultGuard;
use types::Role;

use crate::portal::TestPortal;

/// The lines that were written.
#[derive(Clone, Default)]
pub(super) struct Kept(Arc<Mutex<Vec<u8>>>);

impl io::Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Kept {
    /// Keeps this thread's lines as production writes them, until what it gives is dropped.
    pub(super) fn keep(&self) -> DefaultGuard {
        let writer = self.clone();
        let logs = tracing_subscriber::fmt().json().flatten_event(true).with_writer(move || writer.clone());
        tracing::subscriber::set_default(logs.finish())
    }

    pub(super) fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }

    fn answers(&self) -> Vec<Value> {
        let text = self.text();
        let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        lines.filter(|line| line["message"] == "answered").collect()
    }
}

#[tokio::test]
async fn a_refusal_for_lack_of_rights_says_who_and_from_where_and_nothing_that_was_sent() {
    let portal = TestPortal::new().await;
    let organisation = portal.organisation("acme").await;
    let viewer = organisation.member(Role::Viewer).await;
    let user = viewer.get("/api/v1/session").await.json()["user"].clone();
    let kept = Kept::default();
    let kept_here = kept.keep();
    let refused = viewer.form("/o/acme/projects", "name=a+secret+name").await;
    let strange = portal.nobody().form("/sign-in", "email=a%40b.test&password=another+secret").await;
    drop(kept_here);
    assert_eq!((refused.status, strange.status), (403, 401));
    let answers = kept.answers();
    let said = |n: usize| (answers[n]["status"].clone(), answers[n]["span"].clone());
    let ((status, refused), (_, strange)) = (said(0), said(1));
    assert_eq!((status, &refused["who"]), (json!(403), &user));
    assert_eq!((&refused["method"], &refused["route"]), (&json!("POST"), &json!("/o/{organisation}/projects")));
    assert!(refused["from"].is_string() && refused["id"].as_str().unwrap().starts_with("req_"), "{refused}");
    assert_eq!((&strange["route"], &strange["who"]), (&json!("/sign-in"), &Value::Null));
    assert!(!kept.text().contains("secret"), "{}", kept.text());
}
