//! The software that an instance can start with: one table.

use std::collections::BTreeMap;

use types::{PortWish, TemplateView};

/// A template: an image by its digest, what it starts, and what it serves.
#[derive(Clone, Copy, Debug)]
pub struct Template {
    /// Its word in requests.
    pub slug: &'static str,
    /// What people read.
    pub name: &'static str,
    repository: &'static str,
    digest: &'static str,
    command: &'static [&'static str],
    ports: &'static [(&'static str, u16)],
    environment: &'static [(&'static str, &'static str)],
}

/// Every template. The images are public; **the digests are this installation's**: whoever runs it sets each to the
/// digest that was screened there, and instances launched from then on have it. A tag is never followed.
pub const TEMPLATES: &[Template] = &[
    Template {
        slug: "pytorch",
        name: "PyTorch · JupyterLab",
        repository: "quay.io/jupyter/pytorch-notebook",
        digest: "sha256:6f3bd2f1c04a6d5e0b6f1a6b7f9b6a53f1c8f3a1d40a4a9c9f6c2f0d9b7e5a18",
        command: &["start-notebook.py", "--ServerApp.ip=0.0.0.0", "--ServerApp.port=8888"],
        ports: &[("jupyter", 8888)],
        environment: &[("JUPYTER_ENABLE_LAB", "yes")],
    },
    Template {
        slug: "vscode",
        name: "VS Code",
        repository: "docker.io/codercom/code-server",
        digest: "sha256:0d9b4c7f5e2a18b36f3bd2f1c04a6d5e9c6f2f0d7e5a180b6f1a6b7f9b6a53f1",
        command: &["code-server", "--bind-addr=0.0.0.0:8080", "--auth=none"],
        ports: &[("vscode", 8080)],
        environment: &[],
    },
    Template {
        slug: "vllm",
        name: "vLLM",
        repository: "docker.io/vllm/vllm-openai",
        digest: "sha256:b7f9b6a53f1c8f3a1d40a4a9c9f6c2f0d9b7e5a186f3bd2f1c04a6d5e0b6f1a6",
        command: &["vllm", "serve", "Qwen/Qwen3-0.6B", "--host=0.0.0.0", "--port=8000"],
        ports: &[("openai", 8000)],
        environment: &[("HF_HOME", "/tmp/huggingface")],
    },
    Template {
        slug: "ubuntu",
        name: "Ubuntu 24.04",
        repository: "docker.io/library/ubuntu",
        digest: "sha256:c8f3a1d40a4a9c9f6c2f0d9b7e5a186f3bd2f1c04a6d5e0b6f1a6b7f9b6a53f1",
        command: &["sleep", "infinity"],
        ports: &[],
        environment: &[],
    },
];

/// The template with this word.
#[must_use]
pub fn template(slug: &str) -> Option<&'static Template> {
    TEMPLATES.iter().find(|template| template.slug == slug)
}

/// All templates, in the table's order.
#[must_use]
pub fn list_templates() -> Vec<TemplateView> {
    TEMPLATES.iter().map(Template::view).collect()
}

impl Template {
    /// `repository@sha256:…`.
    #[must_use]
    pub fn image(&self) -> String {
        format!("{}@{}", self.repository, self.digest)
    }

    /// What is started in place of the image's own command.
    #[must_use]
    pub fn command(&self) -> Vec<String> {
        self.command.iter().map(|word| (*word).to_owned()).collect()
    }

    /// The ports that it serves.
    #[must_use]
    pub fn ports(&self) -> Vec<PortWish> {
        self.ports.iter().map(|&(name, port)| PortWish { name: name.to_owned(), port }).collect()
    }

    /// Its own environment, with the tenant's on top.
    #[must_use]
    pub fn environment(&self, tenant: BTreeMap<String, String>) -> BTreeMap<String, String> {
        let own = self.environment.iter().map(|&(name, value)| (name.to_owned(), value.to_owned()));
        own.chain(tenant).collect()
    }

    fn view(&self) -> TemplateView {
        TemplateView {
            slug: self.slug.to_owned(),
            name: self.name.to_owned(),
            image: self.image(),
            ports: self.ports.iter().map(|&(_, port)| port).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_image_is_named_by_a_digest_of_its_own() {
        let mut digests: Vec<_> = TEMPLATES.iter().map(|template| template.digest).collect();
        for digest in &digests {
            let hex = digest.strip_prefix("sha256:").unwrap_or_default();
            assert!(hex.len() == 64 && hex.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte)));
        }
        digests.sort_unstable();
        digests.dedup();
        assert_eq!(digests.len(), TEMPLATES.len());
    }

    #[test]
    fn the_tenants_environment_wins_over_the_templates() {
        let tenant = BTreeMap::from([("HF_HOME".to_owned(), "/data".to_owned())]);
        let environment = template("vllm").map(|template| template.environment(tenant)).unwrap_or_default();
        assert_eq!(environment.get("HF_HOME").map(String::as_str), Some("/data"));
    }

    #[test]
    fn names_of_ports_fit_what_the_cluster_takes() {
        let names = TEMPLATES.iter().flat_map(|template| template.ports.iter().map(|port| port.0));
        assert!(names.into_iter().all(|name| name.len() <= 15 && name.bytes().all(|byte| byte.is_ascii_lowercase())));
    }
}
