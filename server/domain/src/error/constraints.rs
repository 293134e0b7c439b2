//! What the database's constraints say.

use super::Error;

/// The constraints that say something a person can act on.
pub(super) fn of_constraint(name: String) -> Option<Error> {
    Some(match name.as_str() {
        "prices_do_not_overlap" | "price_version_is_used_once" => Error::Conflict("price-overlaps"),
        "tax_rules_do_not_overlap" => Error::Conflict("tax-rule-overlaps"),
        "period_has_one_invoice" | "one_period_runs" | "periods_tile" => Error::Conflict("period-exists"),
        "finalised_never_changes" => Error::Conflict("finalised"),
        "month_is_closed" | "closed_month_never_changes" => Error::Conflict("month-is-closed"),
        "month_is_finalised_by_one_run" => Error::Conflict("month-is-finalised"),
        "credit_stays_within_its_invoice" => Error::Conflict("nothing-left-to-credit"),
        "line_is_contested_once" => Error::Conflict("line-contested"),
        "dispute_goes_forward" => Error::Conflict("dispute-answered"),
        "organisation_slug_is_taken" | "project_slug_is_taken" | "person_email_is_taken" => {
            Error::Conflict("slug-taken")
        }
        "account_is_stopped" => Error::AccountStopped,
        "organisation_is_closed" => Error::Conflict("organisation-closed"),
        "passkey_is_known" => Error::Conflict("passkey-known"),
        "staff_is_appointed_by_two" | "factors_are_reset_by_two" => Error::Conflict("staff-second-person"),
        "factor_reset_is_asked_once" => Error::Conflict("reset-asked-already"),
        "staff_is_proposed_once" => Error::Conflict("staff-proposed-already"),
        "sign_off_is_signed_by_another" | "sign_off_is_refused_by_another" | "limit_is_agreed_by_another" => {
            Error::Conflict("sign-off-own")
        }
        "sign_off_is_asked_once" => Error::Conflict("sign-off-asked-already"),
        "sign_off_keeps_its_body" => Error::Conflict("sign-off-decided"),
        "organisation_claims_one_domain" => Error::Conflict("domain-there"),
        "domain_belongs_to_one" => Error::Conflict("domain-taken"),
        "entry_is_booked_once" => Error::Conflict("booked-before"),
        "certificate_counts_once" => Error::Conflict("certificate-known"),
        "withheld_stays_within_its_invoice" | "withholding_is_undone_once" => Error::Conflict("withholding-undone"),
        "bank_line_is_credited_once" => Error::Conflict("line-decided"),
        "refund_stays_within_what_came" => Error::Conflict("refund-all"),
        "refunded_receipt_stays" => Error::Conflict("line-refunded"),
        "refund_goes_forward" => Error::Conflict("refund-not-to-pay"),
        "one_account_receives" => Error::Changed,
        "account_stays_above_its_floor" | "lot_covers_what_it_pays" => Error::Conflict("not-covered"),
        _ => return None,
    })
}
