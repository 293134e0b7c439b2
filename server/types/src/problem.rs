//! What people and programs see when something is refused (RFC 9457), and the table of its codes.

use serde::{Deserialize, Serialize};

/// A refusal, with the next step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// Which refusal it is.
    pub code: Code,
    /// What happened, in a sentence.
    #[serde(rename = "detail")]
    pub message: String,
    /// The request's field that it is about.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub field: Option<String>,
    /// What to do next.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub hint: Option<String>,
}

macro_rules! codes {
    ($($variant:ident $word:literal $status:literal $meaning:literal;)+) => {
        /// Which refusal it is; programs may rely on the word.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub enum Code {
            $(#[doc = $meaning] #[serde(rename = $word)] $variant,)+
        }

        impl Code {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word on the wire.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The HTTP status it is answered with.
            #[must_use]
            pub const fn status(self) -> u16 {
                match self { $(Self::$variant => $status),+ }
            }

            /// What it means, for the documentation.
            #[must_use]
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $meaning),+ }
            }
        }
    };
}

codes! {
    Malformed             "malformed"               400 "The request cannot be read.";
    Unauthenticated       "unauthenticated"         401 "Nobody is signed in.";
    WrongPassword         "wrong_password"          401 "The address or the password is wrong.";
    FactorNeeded          "factor_needed"           401 "The password is right, and a second factor is asked for.";
    WrongFactor           "wrong_factor"            401 "The code or the passkey is not the right one, or was used before.";
    Forbidden             "forbidden"               403 "Visible, but the caller lacks the permission.";
    NotFound              "not_found"               404 "Does not exist or is not the caller's to see.";
    Conflict              "conflict"                409 "Something changed in between, or stands in the way.";
    IdempotencyConflict   "idempotency_conflict"    409 "The key was used with another request.";
    QuotaExceeded         "quota_exceeded"          409 "The organisation would hold more than it may.";
    InsufficientCredit    "insufficient_credit"     402 "Balance and grants do not cover the start.";
    BudgetExceeded        "budget_exceeded"         402 "A budget of the organisation, the project, the member or the token leaves too little.";
    PaymentOverdue        "payment_overdue"         402 "What was due long ago is not paid: nothing new starts.";
    NotForSale            "not_for_sale"            409 "The flavour has no price now.";
    NameTaken             "name_taken"              409 "Another living thing has the name.";
    PreconditionFailed    "precondition_failed"     412 "The thing is not the version that was named.";
    Invalid               "invalid"                 422 "A field cannot be what it is.";
    TooManyRequests       "too_many_requests"       429 "Too many requests; wait as told.";
    Internal              "internal"                500 "A failure of ours; it was logged.";
    Unavailable           "unavailable"             503 "A part of ours does not answer; try again.";
}
