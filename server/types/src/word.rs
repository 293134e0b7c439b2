//! Enumerations that are one word on the wire, in SQL and in messages.

use std::fmt;

/// A text that is none of an enumeration's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownWord {
    /// What the word should have been.
    pub kind: &'static str,
    /// What it was.
    pub word: String,
}

impl fmt::Display for UnknownWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is not a {}", self.word, self.kind)
    }
}

impl std::error::Error for UnknownWord {}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "database", derive(sea_orm::EnumIter, sea_orm::DeriveActiveEnum))]
        #[cfg_attr(feature = "database", sea_orm(rs_type = "String", db_type = "Text"))]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub enum $name {
            $(
                $(#[$variant_doc])*
                #[serde(rename = $word)]
                #[cfg_attr(feature = "database", sea_orm(string_value = $word))]
                $variant,
            )+
        }

        impl $name {
            /// All of them, in the order of the code.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word on the wire, in SQL and in the keys of messages.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.word())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::UnknownWord;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let unknown = || $crate::UnknownWord { kind: stringify!($name), word: text.to_owned() };
                Self::ALL.iter().copied().find(|value| value.word() == text).ok_or_else(unknown)
            }
        }
    };
}

pub(crate) use words;
