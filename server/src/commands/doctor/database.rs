//! Whether the database answers in each of its roles, with the schema that this program needs.

use anyhow::bail;
use domain::DatabaseUrls;

use super::Finding;
use crate::commands::{migrate::credentials, schema};

pub(super) async fn look(urls: &DatabaseUrls) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (role, url) in migrations::ROLES.into_iter().zip([&urls.tenant, &urls.staff, &urls.worker]) {
        findings.push(Finding::of(format!("database as {role}"), reached(role, url).await));
    }
    findings.push(match findings.iter().all(|finding| finding.ok == Some(true)) {
        true => Finding::of("schema", schema::up_to_date(&urls.worker).await),
        false => Finding::unseen("schema", "the database does not answer"),
    });
    findings
}

async fn reached(role: &str, url: &str) -> anyhow::Result<()> {
    if credentials(url).is_some_and(|(name, _)| name != role) {
        bail!("the URL connects as another role");
    }
    Ok(schema::connected(url).await?.close().await?)
}
