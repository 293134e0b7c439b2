//! Icons, drawn inline on a 16-pixel grid, and the star of the brand.

use leptos::prelude::*;

macro_rules! icons {
    ($($(#[$doc:meta])* $name:ident = $drawing:literal;)+) => {
        /// What an icon stands for. Beside every icon stands a word.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Icon {
            $($(#[$doc])* $name,)+
        }

        impl Icon {
            /// All of them, for the gallery.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            fn drawing(self) -> &'static str {
                match self { $(Self::$name => $drawing),+ }
            }
        }
    };
}
icons! {
    /// Where one begins.
    Home = r#"<path d="M2.5 7.2 8 2.8l5.5 4.4V13a.6.6 0 0 1-.6.6H3.1a.6.6 0 0 1-.6-.6z"/><path d="M6.3 13.5V9.4h3.4v4.1"/>"#;
    /// Something new.
    Plus = r#"<path d="M8 3v10M3 8h10"/>"#;
    /// Instances and nodes.
    Server = r#"<rect x="2.5" y="3" width="11" height="4.2" rx="1"/><rect x="2.5" y="8.8" width="11" height="4.2" rx="1"/><path d="M5 5.1h.01M5 10.9h.01"/>"#;
    /// Storage.
    Disk = r#"<ellipse cx="8" cy="4.200" rx="5" ry="1.900"/><path d="M3 4.200v7.600c0 1 2.200 1.900 5 1.900s5-.9 5-1.900V4.200M3 8c0 1 2.200 1.900 5 1.900S13 9 13 8"/>"#;
    /// Usage over time.
    Bars = r#"<path d="M2.5 13.5h11M4.5 11V8M8 11V4M11.5 11V6.2"/>"#;
    /// Money.
    Wallet = r#"<rect x="2" y="3.5" width="12" height="9" rx="1.4"/><path d="M2 6.6h12M4.6 10h2"/>"#;
    /// A document.
    Document = r#"<path d="M4 2.5h5L12 5.5v8H4z"/><path d="M6 8h4M6 10.6h4"/>"#;
    /// Members, organisations.
    People = r#"<circle cx="6" cy="5.6" r="2.3"/><path d="M1.8 13c.3-2.3 2-3.6 4.2-3.6s3.9 1.3 4.2 3.6M10.5 3.6a2.2 2.2 0 0 1 0 4M12 9.8c1.3.5 2.1 1.6 2.3 3.2"/>"#;
    /// One person.
    Person = r#"<circle cx="8" cy="5.4" r="2.6"/><path d="M3 13.4c.4-2.5 2.4-4 5-4s4.600 1.500 5 4"/>"#;
    /// Sessions, tokens.
    Key = r#"<circle cx="5.3" cy="10.7" r="2.6"/><path d="m7.2 8.8 6-6M11 5l1.800 1.800M9.400 6.600l1.200 1.200"/>"#;
    /// A password.
    Lock = r#"<rect x="3.500" y="7" width="9" height="6.400" rx="1.200"/><path d="M5.400 7V5.200a2.600 2.600 0 0 1 5.200 0V7M8 9.600v1.400"/>"#;
    /// Letters.
    Mail = r#"<rect x="2" y="3.500" width="12" height="9" rx="1.200"/><path d="m2.400 4.600 5.600 4.200 5.600-4.200"/>"#;
    /// What waits.
    Clock = r#"<circle cx="8" cy="8" r="5.700"/><path d="M8 4.800V8l2.200 1.600"/>"#;
    /// A share of the whole.
    Gauge = r#"<path d="M3.300 12.600a5.800 5.800 0 1 1 9.400 0"/><path d="m8 9 2.600-3"/>"#;
    /// A gift.
    Gift = r#"<rect x="2.500" y="6" width="11" height="2.600" rx=".6"/><path d="M3.500 8.600v4.800h9V8.600M8 6v7.400M8 6C6 6 5 5.200 5 4.100 5 3.200 5.600 2.600 6.400 2.600 7.600 2.600 8 4 8 6zM8 6c2 0 3-.8 3-1.900 0-.9-.6-1.500-1.400-1.500C8.400 2.600 8 4 8 6z"/>"#;
    /// A price.
    Tag = r#"<path d="M2.800 7.600V3.200a.4.4 0 0 1 .4-.4h4.400l5.700 5.700a.8.8 0 0 1 0 1.100l-3.700 3.700a.8.8 0 0 1-1.100 0z"/><path d="M5.400 5.400h.01"/>"#;
    /// Who did what.
    Shield = r#"<path d="M8 2.200 3.200 4v4c0 3 2 5 4.800 5.900C10.800 13 12.800 11 12.800 8V4z"/>"#;
    /// Settings.
    Sliders = r#"<path d="M2.5 5h5.6M11.4 5h2.1M2.5 11h2.1M7.9 11h5.6"/><circle cx="9.8" cy="5" r="1.6"/><circle cx="6.2" cy="11" r="1.6"/>"#;
    /// A language.
    Globe = r#"<circle cx="8" cy="8" r="5.700"/><path d="M2.300 8h11.400M8 2.300c1.700 1.600 2.500 3.500 2.500 5.700S9.700 12.100 8 13.700C6.300 12.100 5.500 10.200 5.500 8S6.300 3.900 8 2.300z"/>"#;
    /// Light.
    Sun = r#"<circle cx="8" cy="8" r="2.700"/><path d="M8 1.800v1.400M8 12.800v1.400M1.800 8h1.400M12.800 8h1.400M3.600 3.600l1 1M11.400 11.400l1 1M3.600 12.400l1-1M11.400 4.600l1-1"/>"#;
    /// Dark.
    Moon = r#"<path d="M13 9.600A5.600 5.600 0 0 1 6.400 3a5.300 5.300 0 1 0 6.600 6.600z"/>"#;
    /// The device.
    Screen = r#"<rect x="2" y="3" width="12" height="8.400" rx="1.200"/><path d="M5.600 13.600h4.800"/>"#;
    /// A switch among several.
    UpDown = r#"<path d="m4.500 6.500 3.500-3 3.500 3M4.500 9.500l3.500 3 3.500-3"/>"#;
    /// Onward, along the reading direction.
    Onward = r#"<path d="m6.200 4 4 4-4 4"/>"#;
    /// Yes, done.
    Check = r#"<path d="m3.500 8.500 3 3 6-7"/>"#;
    /// No, wrong.
    Cross = r#"<path d="m4 4 8 8M12 4l-8 8"/>"#;
    /// Look here before going on.
    Warning = r#"<path d="M8 2.600 14.200 13.200H1.800z"/><path d="M8 6.600v3M8 11.500h.01"/>"#;
    /// For your knowledge.
    Note = r#"<circle cx="8" cy="8" r="5.700"/><path d="M8 7.400v3.400M8 5.200h.01"/>"#;
    /// A terminal or its output.
    Terminal = r#"<rect x="2" y="3" width="12" height="10" rx="1.400"/><path d="m4.600 6.200 2 1.800-2 1.800M8.400 10h3"/>"#;
    /// Stop.
    Stop = r#"<rect x="4" y="4" width="8" height="8" rx="1.200"/>"#;
    /// Start.
    Play = r#"<path d="M5 3.400v9.200L12.600 8z"/>"#;
    /// Start again.
    Again = r#"<path d="M13 8a5 5 0 1 1-1.500-3.500M13 2.600v2.800h-2.800"/>"#;
    /// Delete.
    Bin = r#"<path d="M3 4.500h10M6.400 4.500V3h3.200v1.500M4.300 4.500l.6 8.700h6.200l.6-8.700M6.700 7v3.800M9.300 7v3.800"/>"#;
    /// Take home.
    Download = r#"<path d="M8 2.800v7.600M4.800 7.400 8 10.600l3.200-3.200M3 13.300h10"/>"#;
    /// More actions.
    More = r#"<path d="M3.500 8h.01M8 8h.01M12.500 8h.01"/>"#;
    /// The drawer of a phone.
    Menu = r#"<path d="M2.500 4.500h11M2.500 8h11M2.500 11.500h11"/>"#;
    /// Leave.
    Leave = r#"<path d="M9.500 3H4.200a.7.700 0 0 0-.7.700v8.600c0 .4.300.7.700.7h5.300M7 8h6.500M11 5.400 13.600 8 11 10.600"/>"#;
}

/// An icon in the colour of its text.
pub fn icon(kind: Icon) -> AnyView {
    view! { <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" inner_html=kind.drawing()></svg> }.into_any()
}

/// An icon that turns with the reading direction.
pub fn icon_along(kind: Icon) -> AnyView {
    view! { <svg class="icon along" viewBox="0 0 16 16" aria-hidden="true" inner_html=kind.drawing()></svg> }.into_any()
}

/// The eight-pointed star, with a hole that shows what lies behind.
const STAR: &str = r#"<path fill="currentColor" fill-rule="evenodd" d="M12 1.500 15.100 4.600h4.300v4.300L22.500 12l-3.100 3.100v4.300h-4.300L12 22.500 8.900 19.400H4.600v-4.300L1.500 12l3.100-3.100V4.600h4.300zM12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8z"/>"#;

/// The star of the brand.
pub fn star() -> AnyView {
    view! { <svg class="star" viewBox="0 0 24 24" aria-hidden="true" inner_html=STAR></svg> }.into_any()
}
