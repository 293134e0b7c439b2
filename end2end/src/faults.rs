//! Faults of the simulated cluster, switched from outside, over its own port.

use anyhow::Context;
use serde_json::Value;

use crate::Portal;

impl Portal {
    /// Switches a fault on, as the simulator's README lists them; its number, for switching it off.
    pub async fn switch_fault(&self, fault: &Value) -> anyhow::Result<String> {
        let address = format!("{}/simulator/faults", self.simulator_origin());
        let answer = reqwest::Client::builder().no_proxy().build()?.post(address).json(fault).send().await?;
        let answer: Value = answer.error_for_status()?.json().await?;
        let id = &answer["id"];
        id.as_str().map(str::to_owned).or_else(|| id.as_u64().map(|id| id.to_string())).context("no id")
    }

    /// Switches it off again.
    pub async fn clear_fault(&self, id: &str) -> anyhow::Result<()> {
        let address = format!("{}/simulator/faults/{id}", self.simulator_origin());
        let client = reqwest::Client::builder().no_proxy().build()?;
        client.delete(address).send().await?.error_for_status()?;
        Ok(())
    }
}
