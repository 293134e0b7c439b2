//! Who is asking, from where and when: the extractors that screens and API share, and the one refusal they reject with.
//! How a refusal looks is the surface's affair: see [`Refused`].

mod address;
pub mod cookies;
mod files;
mod key;
mod networks;
mod now;
mod portal;
mod reader;
mod refused;
mod request;
mod sent;
mod tries;
mod who;

pub use address::Client;
pub use files::drawn;
pub use key::Key;
pub use networks::{Networks, ParseNetworkError};
pub use now::Now;
pub use portal::{Cards, Portal, Settings};
pub use reader::Reader;
pub use refused::{RETRY_SECONDS, Refused};
pub use request::RequestId;
pub use sent::{Form, Json, Path, Query};
pub use who::{Allowed, Entered, Signed, Staff, Ticket};
