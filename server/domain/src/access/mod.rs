//! Who is asking, and what they may do where.
//!
//! A session's look-up makes an [`Actor`]. An actor takes a [`Seat`] in one organisation, by membership or by staff
//! right, a program one by its token, and a seat proves permissions: [`Scope<P>`] is the proof that opens the tenant's rows. Staff prove
//! [`Survey<P>`] for what lies across organisations, and workers hold a [`Job`]. Each is made only from the one
//! before, so a use case that names its proof in its signature cannot be called without it.

mod addresses;
mod breached;
mod checking;
mod closing;
mod domains;
mod entering;
mod export;
pub mod factors;
mod identities;
mod joining;
mod origins;
mod password;
mod passwords;
pub mod policy;
mod principal;
mod proving;
mod registering;
mod resets;
mod scope;
pub(crate) mod secret;
mod sessions;
mod settings;
mod staffing;
mod stopping;
mod throttle;
mod tokens;
mod views;

pub use addresses::{ADDRESS_HOURS, address_of_change, ask_for_address, change_address};
pub use closing::{CLOSING_HOURS, close_account, closing_at, erase_due, keep_account};
pub use entering::{Entry, PENDING_MINUTES, sign_in};
pub use export::{Part, export_person};
pub use identities::{
    Arrival, Foreigner, IdentityView, address_of_offer, arrive, link, list_identities, unlink_identity,
};
pub use joining::{Invited, NewPerson, invitation_of, join, join_as_new};
pub use origins::{Notice, Origin, end_sessions_elsewhere, forget_origins};
pub use password::hash_password;
pub use passwords::{RESET_MINUTES, address_of_reset, ask_for_reset, change_password, reset_password};
pub use policy::Permission;
pub use principal::{Principal, Reach};
pub use proving::{Proof, prove_again, prove_with_identity};
pub use registering::{REGISTRATION_HOURS, address_of_registration, ask_to_register, register};
pub use resets::{
    RESET_HOURS, ask_for_factor_reset, confirm_factor_reset, factor_reset_of, list_factor_resets, stop_factor_reset,
    withdraw_factor_reset,
};
pub use scope::{Actor, Job, PROOF_MINUTES, Person, Recent, Scope, Seat, Survey};
pub(crate) use sessions::hashed;
pub use sessions::{
    ABSOLUTE_HOURS, IDLE_HOURS, NewSession, Token, end_other_sessions, end_session, list_sessions, sign_out, signed_in,
};
pub use settings::{change_settings, settings_of};
pub use staffing::{
    PROPOSAL_DAYS, confirm_staff, list_proposals, list_staff, propose_staff, revoke_staff, staff_roles,
    withdraw_proposal,
};
pub use stopping::{account_of, find_account, open_account, sign_account_out, stop_account};
pub use throttle::{Tried, begin_tries, forget_tries, forgive_tries};
pub use tokens::seat_of_token;
pub use views::{VIEW_MINUTES, begin_view, end_view, seen};
