//! The limit beside the portal's work on a cluster: the same objects, posted by a client that knows nothing else.

use anyhow::{Context, ensure};
use serde_json::{Map, Value, json};

use crate::api::Api;

/// Pods of one GPU with their Secrets as the portal applied them, ready to be posted under other names.
#[derive(Clone)]
pub(crate) struct Raw {
    api: Api,
    namespace: String,
    patterns: Vec<Pattern>,
}

#[derive(Clone, Debug)]
struct Pattern {
    pod: Value,
    secret: Value,
}

impl Raw {
    /// Takes the portal's pods as patterns, one of each flavour.
    pub(crate) async fn like(api: &Api) -> anyhow::Result<Self> {
        let managed = "labelSelector=app.kubernetes.io/managed-by%3Dtamuda";
        let pods = api.get(&format!("/api/v1/pods?{managed}")).await?;
        let (mut namespace, mut known, mut patterns) = (String::new(), Vec::new(), Vec::new());
        for pod in pods["items"].as_array().into_iter().flatten().filter(|pod| has_one_gpu(pod)) {
            let kind = (&pod["spec"]["nodeSelector"], &pod["spec"]["containers"][0]["resources"]["limits"]);
            if known.contains(&kind) {
                continue;
            }
            known.push(kind);
            pod["metadata"]["namespace"].as_str().context("no namespace")?.clone_into(&mut namespace);
            let name = pod["spec"]["containers"][0]["envFrom"][0]["secretRef"]["name"].as_str().context("no Secret")?;
            let secret = api.get(&format!("/api/v1/namespaces/{namespace}/secrets/{name}")).await?;
            patterns.push(Pattern { pod: stripped("Pod", pod.clone()), secret: stripped("Secret", secret) });
        }
        ensure!(!patterns.is_empty(), "the portal has no pod to take as a pattern");
        Ok(Self { api: api.clone(), namespace, patterns })
    }

    /// The same in another namespace, which is made.
    pub(crate) async fn within(mut self, namespace: &str) -> anyhow::Result<Self> {
        let object = json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": namespace}});
        self.api.create("/api/v1/namespaces", &object).await?;
        namespace.clone_into(&mut self.namespace);
        Ok(self)
    }

    /// Applies Secret and pod side by side, as the portal does; flavours take turns by `place`.
    pub(crate) async fn post(&self, place: usize) -> anyhow::Result<()> {
        let Pattern { mut pod, mut secret } = self.patterns[place % self.patterns.len()].clone();
        let name = &format!("raw-{place}");
        (pod["metadata"]["name"], secret["metadata"]["name"]) = (json!(name), json!(name));
        pod["spec"]["containers"][0]["envFrom"][0]["secretRef"]["name"] = json!(name);
        tokio::try_join!(self.apply("secrets", name, &secret), self.apply("pods", name, &pod)).map(drop)
    }

    async fn apply(&self, kind: &str, name: &str, object: &Value) -> anyhow::Result<()> {
        let path = format!("/api/v1/namespaces/{}/{kind}/{name}", self.namespace);
        self.api.apply(&path, object).await.with_context(|| format!("{kind}/{name}"))
    }

    /// Takes Secret and pod away at once.
    pub(crate) async fn remove(&self, place: usize) -> anyhow::Result<()> {
        let path = |kind: &str| format!("/api/v1/namespaces/{}/{kind}/raw-{place}", self.namespace);
        let (pod, secret) = (path("pods") + "?gracePeriodSeconds=0", path("secrets"));
        tokio::try_join!(self.api.delete(&pod), self.api.delete(&secret)).map(drop)
    }

    /// Takes the namespace away and waits until it is gone.
    pub(crate) async fn clear(&self) -> anyhow::Result<()> {
        let path = format!("/api/v1/namespaces/{}", self.namespace);
        self.api.delete(&path).await?;
        while !self.api.is_gone(&path).await {
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        Ok(())
    }
}

fn has_one_gpu(pod: &Value) -> bool {
    let limits = pod["spec"]["containers"][0]["resources"]["limits"].as_object();
    limits.into_iter().flatten().any(|(name, amount)| name.starts_with("nvidia.com/") && amount == "1")
}

/// Leaves what a client would send. Under other labels the portal takes no notice of them.
fn stripped(kind: &str, mut object: Value) -> Value {
    // An item of a list does not say what it is.
    (object["apiVersion"], object["kind"]) = ("v1".into(), kind.into());
    let renamed = |of: &Value| -> Map<String, Value> {
        let pairs = of.as_object().into_iter().flatten();
        pairs
            .map(|(key, value)| {
                (key.replace("tamuda.dev", "raw.dev").replace("managed-by", "posted-by"), value.clone())
            })
            .collect()
    };
    let (labels, annotations) = (renamed(&object["metadata"]["labels"]), renamed(&object["metadata"]["annotations"]));
    object["metadata"] = json!({"labels": labels, "annotations": annotations});
    if let Some(fields) = object.as_object_mut() {
        fields.remove("status");
    }
    if let Some(spec) = object.get_mut("spec").and_then(Value::as_object_mut) {
        spec.remove("nodeName");
    }
    object
}
