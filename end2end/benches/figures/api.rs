//! The cluster's API as an independent client speaks it, which owes the portal nothing.

use end2end::Portal;
use futures_util::AsyncBufRead;
use http::{Method, Request, header};
use kube::{
    Client, Config,
    config::{KubeConfigOptions, Kubeconfig},
};
use serde_json::Value;

/// A client that may everything; cheap to clone.
#[derive(Clone)]
pub(crate) struct Api(Client);

impl Api {
    /// Of the world's cluster.
    pub(crate) async fn of(world: &Portal) -> anyhow::Result<Self> {
        let kubeconfig = Kubeconfig::read_from(world.kubeconfig())?;
        let mut config = Config::from_custom_kubeconfig(kubeconfig, &KubeConfigOptions::default()).await?;
        config.default_retry = false;
        Ok(Self(Client::try_from(config)?))
    }

    /// Reads what stands at a path.
    pub(crate) async fn get(&self, path: &str) -> anyhow::Result<Value> {
        Ok(self.0.request(Request::get(path).body(Vec::new())?).await?)
    }

    /// Reads everything of a kind by pages as large as the portal's; how many objects there are.
    pub(crate) async fn list(&self, path: &str) -> anyhow::Result<usize> {
        let (mut n, mut page) = (0, format!("{path}?limit=500"));
        loop {
            let list = self.get(&page).await?;
            n += list["items"].as_array().map_or(0, Vec::len);
            match list["metadata"]["continue"].as_str().filter(|token| !token.is_empty()) {
                Some(token) => page = format!("{path}?limit=500&continue={token}"),
                None => return Ok(n),
            }
        }
    }

    /// The same where it is no JSON.
    pub(crate) async fn text(&self, path: &str) -> anyhow::Result<String> {
        Ok(self.0.request_text(Request::get(path).body(Vec::new())?).await?)
    }

    /// The same as it comes.
    pub(crate) async fn stream(&self, path: &str) -> anyhow::Result<impl AsyncBufRead + use<>> {
        Ok(self.0.request_stream(Request::get(path).body(Vec::new())?).await?)
    }

    /// Makes an object.
    pub(crate) async fn create(&self, path: &str, object: &Value) -> anyhow::Result<()> {
        self.send(Method::POST, path, "application/json", object).await
    }

    /// Applies an object on the server's side.
    pub(crate) async fn apply(&self, path: &str, object: &Value) -> anyhow::Result<()> {
        let path = format!("{path}?fieldManager=raw&force=true");
        self.send(Method::PATCH, &path, "application/apply-patch+yaml", object).await
    }

    /// Merges into an object.
    pub(crate) async fn merge(&self, path: &str, patch: &Value) -> anyhow::Result<()> {
        self.send(Method::PATCH, path, "application/strategic-merge-patch+json", patch).await
    }

    /// Asks for the end of what stands at a path.
    pub(crate) async fn delete(&self, path: &str) -> anyhow::Result<()> {
        let _: Value = self.0.request(Request::delete(path).body(Vec::new())?).await?;
        Ok(())
    }

    /// Whether there is nothing at a path.
    pub(crate) async fn is_gone(&self, path: &str) -> bool {
        let answer = self.0.request::<Value>(Request::get(path).body(Vec::new()).unwrap_or_default()).await;
        matches!(answer, Err(kube::Error::Api(status)) if status.code == 404)
    }

    async fn send(&self, method: Method, path: &str, kind: &str, object: &Value) -> anyhow::Result<()> {
        let request = Request::builder().method(method).uri(path).header(header::CONTENT_TYPE, kind);
        let _: Value = self.0.request(request.body(serde_json::to_vec(object)?)?).await?;
        Ok(())
    }
}
