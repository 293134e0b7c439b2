//! Reading what the cluster shows into words of ours: pure, one object at a time.

mod claim;
mod event;
mod node;
mod pod;

pub(crate) use claim::claim;
pub(crate) use event::about;
pub(crate) use node::{Held, is_gpu, is_silent, node};
pub(crate) use pod::{Around, pod};

use k8s_openapi::apimachinery::pkg::apis::meta::v1::Time;
use types::Timestamp;

fn instant(time: &Time) -> Timestamp {
    time.0.into()
}
