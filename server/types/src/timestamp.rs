//! An instant. The database's conversion hides behind the feature `database`.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// An instant in UTC, RFC 3339 on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(jiff::Timestamp);

impl Timestamp {
    /// The instant `seconds` after 1970-01-01T00:00:00Z; the nearest that can be said when it is out of range.
    #[must_use]
    pub fn from_second(seconds: i64) -> Self {
        let bound = if seconds < 0 { jiff::Timestamp::MIN } else { jiff::Timestamp::MAX };
        Self(jiff::Timestamp::from_second(seconds).unwrap_or(bound))
    }

    /// Whole seconds since 1970-01-01T00:00:00Z, floored.
    #[must_use]
    pub fn as_second(self) -> i64 {
        self.0.as_nanosecond().div_euclid(1_000_000_000).try_into().unwrap_or(i64::MAX)
    }

    /// The start of the second that it lies in.
    #[must_use]
    pub fn floor(self) -> Self {
        Self::from_second(self.as_second())
    }

    /// The instant `seconds` later, or earlier when negative.
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Self {
        let later = self.0.saturating_add(jiff::SignedDuration::from_secs(seconds));
        Self(later.unwrap_or(if seconds < 0 { jiff::Timestamp::MIN } else { jiff::Timestamp::MAX }))
    }

    /// Milliseconds from `earlier` to here; negative when it is later.
    #[must_use]
    pub fn millis_since(self, earlier: Self) -> i64 {
        self.0.as_millisecond() - earlier.0.as_millisecond()
    }

    /// Whole seconds from `earlier` to here, each floored before.
    #[must_use]
    pub fn seconds_since(self, earlier: Self) -> i64 {
        self.as_second() - earlier.as_second()
    }

    /// The instant as jiff knows it.
    #[must_use]
    pub const fn as_jiff(self) -> jiff::Timestamp {
        self.0
    }
}

impl From<jiff::Timestamp> for Timestamp {
    fn from(instant: jiff::Timestamp) -> Self {
        Self(instant)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Timestamp {
    type Err = jiff::Error;

    fn from_str(text: &str) -> Result<Self, jiff::Error> {
        text.parse().map(Self)
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for Timestamp {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        use utoipa::openapi::schema::{KnownFormat, SchemaFormat, Type};
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)))
            .build()
            .into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for Timestamp {}

#[cfg(feature = "database")]
mod database {
    use sea_orm::{
        ColIdx, DbErr, QueryResult, TryGetError, TryGetable, Value,
        prelude::TimeDateTimeWithTimeZone as OffsetDateTime,
        sea_query::{ArrayType, ColumnType, Nullable, ValueType, ValueTypeErr},
    };

    use super::Timestamp;

    /// PostgreSQL keeps microseconds.
    fn to_sql(instant: Timestamp) -> Option<OffsetDateTime> {
        let micros = i128::from(instant.0.as_microsecond());
        OffsetDateTime::from_unix_timestamp_nanos(micros * 1000).ok()
    }

    fn from_sql(instant: OffsetDateTime) -> Option<Timestamp> {
        jiff::Timestamp::from_nanosecond(instant.unix_timestamp_nanos()).ok().map(Timestamp)
    }

    impl From<Timestamp> for Value {
        fn from(instant: Timestamp) -> Self {
            Self::TimeDateTimeWithTimeZone(to_sql(instant))
        }
    }

    impl TryGetable for Timestamp {
        fn try_get_by<I: ColIdx>(row: &QueryResult, index: I) -> Result<Self, TryGetError> {
            let instant = OffsetDateTime::try_get_by(row, index)?;
            from_sql(instant).ok_or_else(|| TryGetError::DbErr(DbErr::Type(format!("{instant} is out of range"))))
        }
    }

    impl ValueType for Timestamp {
        fn try_from(value: Value) -> Result<Self, ValueTypeErr> {
            <OffsetDateTime as ValueType>::try_from(value).ok().and_then(from_sql).ok_or(ValueTypeErr)
        }
        fn type_name() -> String {
            "Timestamp".to_owned()
        }
        fn array_type() -> ArrayType {
            ArrayType::TimeDateTimeWithTimeZone
        }
        fn column_type() -> ColumnType {
            ColumnType::TimestampWithTimeZone
        }
    }

    impl Nullable for Timestamp {
        fn null() -> Value {
            Value::TimeDateTimeWithTimeZone(None)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_are_floored_before_the_epoch_too() {
        let late: Timestamp = "1969-12-31T23:59:59.5Z".parse().unwrap();
        assert_eq!(late.as_second(), -1);
        assert_eq!(late.floor().to_string(), "1969-12-31T23:59:59Z");
    }
}
