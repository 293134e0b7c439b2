//! The screens. A screen is an axum handler that loads through the domain and returns a `Page`.

mod archive;
pub mod components;
mod flash;
pub mod live;
mod office;
mod page;
mod refused;
mod room;
mod router;
mod screens;
mod sheet;
mod state;
mod visit;

pub use flash::{Flash, redirect, see_other};
pub use office::{Office, StaffWay};
pub use page::{Page, Site, Visit};
pub use refused::refused_page;
pub use room::{Room, Way};
pub use router::{ROUTES, router};
pub use screens::tenant::instances::InstanceList;
pub use state::{Logs, Screens};
