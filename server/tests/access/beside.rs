//! The addresses beside API and screens, with who is let through their doors.

use super::doors::{
    Door::{Open, Staff, Tenant},
    Row,
};

/// The event streams of the screens, with all that they can be asked for.
pub(super) const STREAMS: &[Row] = &[
    ("get", "/o/{organisation}/events?topic=instances", Tenant("ReadInstances")),
    ("get", "/o/{organisation}/events?topic=instances&log=true", Tenant("ReadLogs")),
    ("get", "/o/{organisation}/events?topic=instance&ids=ins_01ka4c2d00000000000000000z", Tenant("ReadInstances")),
    ("get", "/o/{organisation}/events?topic=instance&ids=ins_01ka4c2d00000000000000000z&log=true", Tenant("ReadLogs")),
    ("get", "/staff/events?topic=waiting", Staff("ReadNodes")),
    ("get", "/staff/finalising/{run}/events", Staff("ReadInvoices")),
];

/// What is of nobody in particular: whether the process lives, what it counts, and what the API is.
pub(super) const COMMON: &[Row] = &[
    ("get", "/livez", Open),
    ("post", "/webhooks/stripe", Open),
    ("get", "/readyz", Open),
    ("get", "/metrics", Open),
    ("get", "/api/v1/openapi.json", Open),
    ("get", "/api/docs/", Open),
];
