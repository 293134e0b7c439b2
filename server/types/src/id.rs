//! Ids: on the wire a prefix and 26 Crockford characters of a UUIDv7, in SQL the UUID.

#[cfg(feature = "database")]
use std::sync::atomic::{AtomicU32, Ordering};
use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use uuid::Uuid;

/// A text that is not an id of the wanted kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseIdError {
    prefix: &'static str,
}

impl fmt::Display for ParseIdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "is not an id that begins with {}_", self.prefix)
    }
}

impl std::error::Error for ParseIdError {}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident $prefix:literal)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[cfg_attr(feature = "database", derive(sea_orm::DeriveValueType))]
        pub struct $name(Uuid);

        impl $name {
            /// What stands before the underscore.
            pub const PREFIX: &'static str = $prefix;

            /// A new id that sorts by `now`.
            #[cfg(feature = "database")]
            #[must_use]
            pub fn new(now: crate::Timestamp) -> Self {
                Self(new_uuid(now))
            }

            /// The id whose UUID is known from elsewhere.
            #[must_use]
            pub const fn from_uuid(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// What SQL stores.
            #[must_use]
            pub const fn uuid(self) -> Uuid {
                self.0
            }

            /// The 26 characters without the prefix: what names in the cluster are made of.
            #[must_use]
            pub fn characters(self) -> String {
                encode(self.0.as_u128())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($prefix, "_{}"), self.characters())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = ParseIdError;

            fn from_str(text: &str) -> Result<Self, ParseIdError> {
                let wrong = ParseIdError { prefix: $prefix };
                let characters = text.strip_prefix(concat!($prefix, "_")).ok_or(wrong)?;
                decode(characters).map(|value| Self(Uuid::from_u128(value))).ok_or(wrong)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                std::borrow::Cow::<'_, str>::deserialize(deserializer)?.parse().map_err(D::Error::custom)
            }
        }

        #[cfg(feature = "database")]
        impl sea_orm::TryFromU64 for $name {
            // Ids are made here, never by a sequence of the database.
            fn try_from_u64(_: u64) -> Result<Self, sea_orm::DbErr> {
                Err(sea_orm::DbErr::ConvertFromU64(stringify!($name)))
            }
        }

        #[cfg(feature = "openapi")]
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                utoipa::openapi::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    .pattern(Some(concat!("^", $prefix, "_[0-9a-hjkmnp-tv-z]{26}$")))
                    .build()
                    .into()
            }
        }

        #[cfg(feature = "openapi")]
        impl utoipa::ToSchema for $name {}
    )+};
}

ids! {
    /// A tenant, or the hub itself.
    OrganisationId "org"
    /// A person who signs in.
    UserId "usr"
    /// An invitation into an organisation.
    InvitationId "ivt"
    /// A domain whose people come into an organisation by themselves.
    DomainId "dom"
    /// That somebody should have a role at the hub.
    ProposalId "prp"
    /// That somebody should lose their second factors.
    ResetId "rst"
    /// One sign-in of a person.
    SessionId "ses"
    /// A passkey of a person.
    PasskeyId "pky"
    /// A named share of an organisation.
    ProjectId "prj"
    /// A Kubernetes cluster.
    ClusterId "clu"
    /// What can be launched.
    FlavourId "flv"
    /// One launched flavour and template.
    InstanceId "ins"
    /// Storage that outlives instances.
    VolumeId "vol"
    /// One attempt from request to end, or a volume's life.
    LeaseId "lea"
    /// A limit on what something may spend.
    BudgetId "bud"
    /// A token that programs come with.
    TokenId "tok"
    /// A letter that waits to be sent.
    LetterId "let"
    /// A stretch of a lease.
    IntervalId "int"
    /// A version of a price.
    PriceId "prc"
    /// A version of a tax rule.
    TaxRuleId "tax"
    /// What a grant gave.
    LotId "lot"
    /// A stretch of an organisation's time that one invoice covers.
    PeriodId "per"
    /// An invoice.
    InvoiceId "inv"
    /// What corrects an invoice.
    CreditNoteId "crn"
    /// A contested line of an invoice.
    DisputeId "dsp"
    /// A bank account at which the hub is paid.
    ReceivingAccountId "rca"
    /// A top-up by bank transfer that was announced.
    TransferId "trf"
    /// A statement of the hub's bank.
    StatementId "stm"
    /// A document as files: its characters are those of what it says, of an invoice's its own.
    PaperId "doc"
    /// A line of a statement.
    BankLineId "bln"
    /// A top-up by card.
    PaymentId "pay"
    /// A card that is kept at the provider of payments.
    SavedCardId "crd"
    /// What does not agree between a provider of payments and us.
    FindingId "fnd"
    /// What a customer withheld of an invoice.
    WithholdingId "whd"
    /// A finalisation of many drafts.
    FinaliseRunId "run"
    /// A signature of a second person that was asked for.
    SignOffId "sgn"
    /// A debt that was written off.
    WriteOffId "wof"
    /// Money that goes back to where it came from.
    RefundId "rfd"
}

/// A new UUIDv7 that sorts by `now`, for rows whose id never leaves the database. Of one millisecond those of a process sort
/// as they were made, but for one in 2²⁶: what a transaction books last is what the wallet shows first.
#[cfg(feature = "database")]
#[must_use]
pub fn new_uuid(now: crate::Timestamp) -> Uuid {
    let millis = u64::try_from(now.as_jiff().as_millisecond()).unwrap_or(0);
    let (seconds, nanos) = (millis / 1000, u32::try_from(millis % 1000).unwrap_or(0) * 1_000_000);
    let random = Uuid::new_v7(uuid::Timestamp::from_unix(uuid::NoContext, seconds, nanos)).as_u128();
    // The twelve bits behind the version, and the first fourteen behind the variant, are free for a counter (RFC 9562, 6.2,
    // method 1); `uuid`'s own would bend the time of who gives an earlier one than somebody else in the process. Twelve alone
    // come round too soon: two entries of one busy millisecond would change places.
    let made = u128::from(MADE.fetch_add(1, Ordering::Relaxed));
    let place = (made >> 14 & 0xfff) << 64 | (made & 0x3fff) << 48;
    Uuid::from_u128(random & !(0xfff << 64 | 0x3fff << 48) | place)
}

#[cfg(feature = "database")]
static MADE: AtomicU32 = AtomicU32::new(0);

/// Crockford's digits: no i, l, o, u.
const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

fn encode(value: u128) -> String {
    (0..26).rev().map(|place| char::from(DIGITS[usize::try_from((value >> (5 * place)) & 31).unwrap_or(0)])).collect()
}

/// The value of 26 digits; the first holds three bits, so larger ones are no id.
fn decode(characters: &str) -> Option<u128> {
    if characters.len() != 26 || characters.as_bytes()[0] > b'7' {
        return None;
    }
    characters.bytes().try_fold(0_u128, |value, byte| {
        let digit = DIGITS.iter().position(|&digit| digit == byte)?;
        Some(value << 5 | u128::try_from(digit).ok()?)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_written_is_read_back(value: u128) {
            let id = InstanceId::from_uuid(Uuid::from_u128(value));
            prop_assert_eq!(id.to_string().parse::<InstanceId>(), Ok(id));
            prop_assert_eq!(id.to_string().len(), 30);
        }

        #[test]
        fn order_of_text_is_order_of_value(a: u128, b: u128) {
            prop_assert_eq!(encode(a).cmp(&encode(b)), a.cmp(&b));
        }
    }

    #[cfg(feature = "database")]
    #[test]
    fn ids_of_one_instant_sort_as_they_were_made_whatever_instant_others_have() {
        let (now, earlier) = ("2026-03-02T09:00:00.123Z".parse().unwrap(), "2026-03-01T09:00:00Z".parse().unwrap());
        // More than the twelve bits behind the version can count, and than the fourteen behind the variant.
        let pairs = (0..10_000).map(|_| (new_uuid(now), new_uuid(earlier), new_uuid(now))).collect::<Vec<_>>();
        for (first, old, second) in pairs {
            assert!(first.get_version_num() == 7 && old < first && first < second, "{first} {old} {second}");
            assert_eq!(first.get_variant(), uuid::Variant::RFC4122);
            assert_eq!(first.as_u128() >> 80, 1_772_442_000_123);
        }
    }

    #[test]
    fn texts_that_are_no_id_are_refused() {
        for text in [
            "",
            "ins_",
            "01ka",
            "org_01ka4c2d00000000000000000z",
            "ins_8zzzzzzzzzzzzzzzzzzzzzzzzz",
            "ins_01KA4C2D00000000000000000Z",
        ] {
            assert!(text.parse::<InstanceId>().is_err(), "{text}");
        }
    }
}
