//! The server-rendered pieces. They take worded text and give views; they load nothing and decide nothing.
//!
//! One way throughout: a piece is a plain function or a small builder that ends in an `AnyView`, so no type
//! parameter runs through the screens and each piece is compiled once.

mod banner;
mod button;
mod card;
mod chart;
mod confirm;
mod empty;
mod facts;
mod field;
mod form;
mod hall;
mod heading;
mod icon;
mod line;
mod live;
mod log;
mod menu;
mod meter;
mod nav;
mod pages;
mod paper;
mod pill;
mod proof;
mod ribbon;
mod select;
mod shell;
mod snippet;
mod stat;
mod switches;
mod table;
mod text;
mod verdict;

pub use banner::{Banner, banner};
pub use button::{Button, refused};
pub use card::Card;
pub use chart::{Bar, Bars, spark};
pub use confirm::Confirm;
pub use empty::Empty;
pub use facts::{facts, tabs};
pub use field::{Field, TextArea};
pub use form::{Form, filters, hidden};
pub use hall::{Cell, Node, hall};
pub use heading::{Crumb, Heading, crumbs};
pub use icon::{Icon, icon, icon_along, star};
pub use line::{Line, Now, Station};
pub use live::{Mark, live};
pub use log::log;
pub use menu::{MenuItem, more};
pub use meter::{meter, slots};
pub use nav::{Item, Section, navigation};
pub use pages::pages;
pub use paper::{Paper, Party, Total};
pub use pill::{Tone, phase, phase_class, pill, pill_live, tag};
pub use proof::{Interval, Proof};
pub use ribbon::{Part, PartKind, Ribbon};
pub use select::{Choice, Select, check, choices};
pub use shell::{Account, Bare, Organisation, Shell, Switcher, Wallet};
pub use snippet::{copy_line, snippet};
pub use stat::{Stat, strip};
pub use switches::{Theme, switches};
pub use table::{Column, Row, Table};
pub use text::{amount, both, cover, ident, link, nothing, number, text, time};
pub use verdict::{Verdict, verdict_class};
