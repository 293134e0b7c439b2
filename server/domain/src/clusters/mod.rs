//! Clusters as the leader saw them last: who leads, how far everything was observed, nodes, and what the operator is
//! asked before anything is deleted. What an instance or a lease makes of a sighting stands with those.

mod health;
mod heard;
mod installation;
mod lead;
mod nodes;
mod observation;
mod questions;
mod staff;

pub use self::{
    health::{ClusterHealth, database_time_in, health_in},
    heard::{ClusterHeard, heard_in},
    installation::installation_in,
    lead::{LEASE_S, Lead, give_up_lead, renew_lead, take_lead},
    observation::{
        Missing, NotRecorded, OBSERVE_EACH_S, find_cluster_in, observe_through, record_skew, stall, stop_knowing,
    },
    questions::{answer_of_in, answer_question, ask_operator, last_wish_seq_in, list_questions},
    staff::{hall, list_clusters, list_nodes, list_unconfirmed, list_waiting},
};
pub(crate) use self::{
    lead::fence_in,
    nodes::{known_nodes_in, record_node_gone_in, record_nodes_in},
    observation::{go_on, observed_in},
    staff::{arguments, event},
};
