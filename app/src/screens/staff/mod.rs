//! The screens of the hub's own people.

mod asked;
mod audit;
mod billing;
mod grant;
mod grants;
mod hall;
mod instance;
mod invoice;
mod nodes;
mod organisation;
mod organisations;
mod period;
mod price;
mod prices;
mod questions;
mod quota;
mod quotas;
mod undo;
mod waiting;

use axum::{
    Router,
    routing::{get, post},
};

use crate::Screens;

/// Their addresses.
pub(crate) fn router() -> Router<Screens> {
    hall().merge(tenants()).merge(money()).route("/staff/audit", get(audit::show))
}

fn hall() -> Router<Screens> {
    Router::new()
        .route("/staff", get(hall::show))
        .route("/staff/nodes", get(nodes::show))
        .route("/staff/waiting", get(waiting::show))
        .route("/staff/questions/{question}/keep", post(questions::keep))
        .route("/staff/questions/{question}/delete", post(questions::delete))
}

fn tenants() -> Router<Screens> {
    Router::new()
        .route("/staff/organisations", get(organisations::show))
        .route("/staff/organisations/{organisation}", get(organisation::show))
        .route("/staff/organisations/{organisation}/instances/{instance}", get(instance::show).post(instance::stop))
        .route("/staff/organisations/{organisation}/quotas/{flavour}", get(quota::show).post(quota::set))
        .route("/staff/quotas", get(quotas::show))
        .route("/staff/grants", get(grants::show))
        .route("/staff/grants/{organisation}", get(grant::show).post(grant::give))
        .route("/staff/grants/{organisation}/preview", post(grant::preview))
        .route("/staff/grants/{organisation}/lots/{lot}", get(undo::show).post(undo::undo))
}

fn money() -> Router<Screens> {
    Router::new()
        .route("/staff/prices", get(prices::show))
        .route("/staff/prices/{flavour}/{currency}", get(price::show).post(price::set))
        .route("/staff/prices/{flavour}/{currency}/withdraw", post(price::withdraw))
        .route("/staff/billing", get(billing::show))
        .route("/staff/billing/{organisation}", get(period::show))
        .route("/staff/billing/{organisation}/close", post(period::close))
        .route("/staff/billing/{organisation}/waive", post(period::waive))
        .route("/staff/billing/{organisation}/invoices/{invoice}", get(invoice::show).post(invoice::finalise))
}
