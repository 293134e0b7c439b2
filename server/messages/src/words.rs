//! One person's language and time zone: everything a screen, a document or a mail writes goes through it.

use jiff::tz::{TimeZone, TimeZoneDatabase};
use types::{
    AccountKind, BankLineState, Code, DisputeState, EntryKind, GpuKind, InstanceReason, IntervalReason, InvoiceStatus,
    LetterKind, LetterState, LinePlan, LotKind, MatchClass, MatchWord, Money, Phase, RefundState, Role, SheetDates,
    SheetDecimals, SheetDelimiter, SignOffKind, SignOffState, StaffRole, StatementFormat, Timestamp, TransferState,
    UsageBy, VolumePhase, Wish,
};

use crate::{Locale, Value, bundle, moments, numbers, spans};

/// How to write for one person.
#[derive(Clone, Debug)]
pub struct Words {
    locale: Locale,
    zone: TimeZone,
}

impl Words {
    /// In `locale`, with times in the zone of that IANA name, or in UTC where there is no such zone.
    #[must_use]
    pub fn new(locale: Locale, zone: &str) -> Self {
        // The bundled zones, not the machine's: a document says the same wherever it is made.
        Self { locale, zone: TimeZoneDatabase::bundled().get(zone).unwrap_or(TimeZone::UTC) }
    }

    /// The language.
    #[must_use]
    pub fn locale(&self) -> Locale {
        self.locale
    }

    /// The zone's IANA name, as documents state it.
    #[must_use]
    pub fn zone(&self) -> &str {
        self.zone.iana_name().unwrap_or("UTC")
    }

    /// The sentence of `key`. Use the macro `say!`, which names the arguments.
    #[must_use]
    pub fn say(&self, key: &str, values: &[(&str, Value)]) -> String {
        bundle::say(self.locale, key, values)
    }
}

/// Numbers and money.
impl Words {
    /// A whole number with its groups.
    #[must_use]
    pub fn count(&self, number: i64) -> String {
        numbers::count(self.locale, number)
    }

    /// A number of 10⁻⁶ with at most `most` decimals: 61 800 000 is `61.8`.
    #[must_use]
    pub fn decimal(&self, micros: i64, most: usize) -> String {
        numbers::decimal(self.locale, micros, 0, most)
    }

    /// An amount with its currency, to the cent, half away from zero: `1,126.40 MAD`.
    #[must_use]
    pub fn money(&self, amount: Money) -> String {
        numbers::with_unit(&self.amount(amount), amount.currency.word())
    }

    /// An amount whose sign always shows: `+12,000.00 MAD`, `−3.20 MAD`.
    #[must_use]
    pub fn money_with_sign(&self, amount: Money) -> String {
        let text = self.money(amount);
        if amount.micros > 0 { format!("+{text}") } else { text }
    }

    /// An amount without its currency, for columns whose head names it.
    #[must_use]
    pub fn amount(&self, amount: Money) -> String {
        numbers::decimal(self.locale, amount.micros, 2, 2)
    }

    /// An amount down to the micro-unit where it has one: `27.40`, `0.000125`. Prices and proofs.
    #[must_use]
    pub fn amount_exact(&self, amount: Money) -> String {
        numbers::decimal(self.locale, amount.micros, 2, 6)
    }

    /// A price per hour: `27.40 MAD/h`.
    #[must_use]
    pub fn per_hour(&self, amount: Money) -> String {
        let amount = numbers::with_unit(&self.amount_exact(amount), amount.currency.word());
        self.say("per-hour", &[("amount", amount.into())])
    }

    /// Parts per million as a percentage: 200 000 is `20 %`.
    #[must_use]
    pub fn percent(&self, ppm: i64) -> String {
        numbers::with_unit(&numbers::decimal(self.locale, ppm.saturating_mul(100), 0, 2), "%")
    }

    /// A size in gigabytes of 10⁹ bytes: `141 GB`.
    #[must_use]
    pub fn gigabytes(&self, bytes: i64) -> String {
        let number = numbers::decimal(self.locale, bytes / 1_000, 0, 1);
        self.say("gigabytes", &[("number", number.into())])
    }
}

/// Time.
impl Words {
    /// `1 November 2026`
    #[must_use]
    pub fn date(&self, at: Timestamp) -> String {
        moments::date(self.locale, &self.zone, at.as_jiff())
    }

    /// `1 Nov`, where the year is plain.
    #[must_use]
    pub fn day(&self, at: Timestamp) -> String {
        moments::day(self.locale, &self.zone, at.as_jiff())
    }

    /// `November 2026`
    #[must_use]
    pub fn month(&self, at: Timestamp) -> String {
        moments::month(self.locale, &self.zone, at.as_jiff())
    }

    /// `14:02`
    #[must_use]
    pub fn clock(&self, at: Timestamp) -> String {
        moments::clock(&self.zone, at.as_jiff())
    }

    /// `14:02:07`
    #[must_use]
    pub fn clock_to_the_second(&self, at: Timestamp) -> String {
        moments::clock_to_the_second(&self.zone, at.as_jiff())
    }

    /// `14 Oct, 14:02:07`
    #[must_use]
    pub fn moment(&self, at: Timestamp) -> String {
        let values = [("day", self.day(at).into()), ("time", self.clock_to_the_second(at).into())];
        self.say("moment", &values)
    }

    /// `just now`, `2 min ago`
    #[must_use]
    pub fn ago(&self, now: Timestamp, then: Timestamp) -> String {
        moments::ago(self.locale, now.as_jiff(), then.as_jiff())
    }

    /// `in 2 min`
    #[must_use]
    pub fn ahead(&self, now: Timestamp, then: Timestamp) -> String {
        moments::ahead(self.locale, now.as_jiff(), then.as_jiff())
    }

    /// Every unit down to the second: `2 h 46 min 11 s`.
    #[must_use]
    pub fn span(&self, seconds: i64) -> String {
        spans::exact(self.locale, seconds)
    }

    /// The two largest units: `3 h 10 min`.
    #[must_use]
    pub fn span_brief(&self, seconds: i64) -> String {
        spans::brief(self.locale, seconds)
    }

    /// One unit, rounded down: `about 34 h`.
    #[must_use]
    pub fn about(&self, seconds: i64) -> String {
        spans::about(self.locale, seconds)
    }

    /// In columns: `321:12:40`.
    #[must_use]
    pub fn span_figures(&self, seconds: i64) -> String {
        spans::figures(seconds)
    }
}

/// The words of enumerations. A test holds every word of the code against every language.
macro_rules! enumerations {
    ($($(#[$doc:meta])* $function:ident($kind:ty) = $key:literal;)+) => {
        impl Words {
            $(
                $(#[$doc])*
                #[must_use]
                pub fn $function(&self, value: $kind) -> String {
                    self.say($key, &[("word", value.word().into())])
                }
            )+
        }

        #[cfg(test)]
        mod tests {
            use super::*;

            #[test]
            fn every_word_of_the_code_has_a_sentence_in_every_language() {
                for locale in Locale::ALL {
                    let words = Words::new(locale, "Africa/Casablanca");
                    $(for value in <$kind>::ALL {
                        let said = words.$function(*value);
                        let fallback = said.starts_with('?') || said == $key;
                        assert!(!fallback, "{}: {} has no {}", locale.tag(), $key, value.word());
                    })+
                }
            }
        }
    };
}
enumerations! {
    /// `running`: Running
    phase(Phase) = "phase";
    /// What a phase means for the person and the bill.
    phase_means(Phase) = "phase-means";
    /// Why an instance waits, failed or stopped, with the next step.
    instance_reason(InstanceReason) = "instance-reason";
    /// Where a volume stands.
    volume_phase(VolumePhase) = "volume-phase";
    /// What that means for the person and the bill.
    volume_phase_means(VolumePhase) = "volume-phase-means";
    /// Why seconds are not billed.
    interval_reason(IntervalReason) = "interval-reason";
    /// What was asked of an instance.
    wish(Wish) = "wish";
    /// A member's role.
    role(Role) = "role";
    /// What a role may do, in a sentence.
    role_meaning(Role) = "role-meaning";
    /// A staff role.
    staff_role(StaffRole) = "staff-role";
    /// Whole GPU or MIG slice.
    gpu_kind(GpuKind) = "gpu-kind";
    /// Who pays for a lot.
    lot_kind(LotKind) = "lot-kind";
    /// What an entry of the journal books.
    entry_kind(EntryKind) = "entry-kind";
    /// What an account of the ledger is for.
    account_kind(AccountKind) = "account-kind";
    /// The same in a sentence.
    account_means(AccountKind) = "account-means";
    /// A way to sum usage.
    usage_by(UsageBy) = "usage-by";
    /// What one of its groups is.
    usage_group(UsageBy) = "usage-group";
    /// What a letter says.
    letter_kind(LetterKind) = "letter-kind";
    /// What became of a letter.
    letter_state(LetterState) = "letter-state";
    /// What has become of an announced transfer.
    transfer_state(TransferState) = "transfer-state";
    /// What has become of a line of a statement.
    bank_line_state(BankLineState) = "bank-line-state";
    /// What a line does to what was announced.
    match_class(MatchClass) = "match-class";
    /// Why a line is matched as it is.
    match_word(MatchWord) = "match-word";
    /// What booking does with a line.
    line_plan(LinePlan) = "line-plan";
    /// What has become of a refund.
    refund_state(RefundState) = "refund-state";
    /// What kind of file a statement is.
    statement_format(StatementFormat) = "statement-format";
    /// What two people sign.
    sign_off_kind(SignOffKind) = "sign-off-kind";
    /// What has become of a signature that was asked for.
    sign_off_state(SignOffState) = "sign-off-state";
    /// What stands between the cells of a sheet.
    sheet_delimiter(SheetDelimiter) = "sheet-delimiter";
    /// What stands before cents in a sheet.
    sheet_decimals(SheetDecimals) = "sheet-decimals";
    /// How days are written in a sheet.
    sheet_dates(SheetDates) = "sheet-dates";
    /// What has become of a contested line.
    dispute_state(DisputeState) = "dispute-state";
    /// Draft or finalised.
    invoice_status(InvoiceStatus) = "invoice-status";
    /// The headline of a refusal.
    problem(Code) = "problem";
    /// What to do after a refusal.
    problem_next(Code) = "problem-next";
}
