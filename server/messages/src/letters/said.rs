//! What each kind of letter says.

use types::{Role, StaffRole};

use super::{Facts, Parts, Way};
use crate::{device_name, say};

pub(super) fn reset_password(facts: &Facts<'_>, base_url: &str) -> Parts {
    let words = facts.words;
    Parts {
        subject: say!(words, "letter-reset-password"),
        paragraphs: vec![
            say!(words, "letter-reset-password-why"),
            say!(words, "letter-reset-password-until", until = facts.moment("until")),
        ],
        way: Some(Way {
            label: say!(words, "letter-reset-password-way"),
            address: format!("{base_url}/password/reset?token={}", facts.text("token")),
        }),
        beneath: say!(words, "letter-reset-password-beneath"),
    }
}

pub(super) fn register(facts: &Facts<'_>, base_url: &str) -> Parts {
    let words = facts.words;
    Parts {
        subject: say!(words, "letter-register"),
        paragraphs: vec![
            say!(words, "letter-register-why"),
            say!(words, "letter-register-until", until = facts.moment("until")),
        ],
        way: Some(Way {
            label: say!(words, "letter-register-way"),
            address: format!("{base_url}/register/account?token={}", facts.text("token")),
        }),
        beneath: say!(words, "letter-register-beneath"),
    }
}

pub(super) fn already_registered(facts: &Facts<'_>, base_url: &str) -> Parts {
    let words = facts.words;
    Parts {
        subject: say!(words, "letter-already-registered"),
        paragraphs: vec![say!(words, "letter-already-registered-why"), say!(words, "letter-already-registered-means")],
        way: Some(Way { label: say!(words, "letter-already-registered-way"), address: format!("{base_url}/sign-in") }),
        beneath: say!(words, "letter-password-changed-beneath"),
    }
}

pub(super) fn invitation(facts: &Facts<'_>, base_url: &str) -> Parts {
    let words = facts.words;
    let (organisation, by) = (facts.text("organisation"), facts.text("invited_by"));
    let role = facts.text("role").parse::<Role>().map(|role| words.role(role)).unwrap_or_default();
    Parts {
        subject: say!(words, "letter-invitation", organisation = organisation),
        paragraphs: vec![
            say!(words, "letter-invitation-why", organisation = organisation, by = by, role = role),
            say!(words, "letter-invitation-until", until = facts.moment("until")),
        ],
        way: Some(Way {
            label: say!(words, "letter-invitation-way"),
            address: format!("{base_url}/invitation?token={}", facts.text("token")),
        }),
        beneath: say!(words, "letter-invitation-beneath"),
    }
}

pub(super) fn member_joined(facts: &Facts<'_>, base_url: &str) -> Parts {
    let words = facts.words;
    let (member, email, organisation) = (facts.text("member"), facts.text("email"), facts.text("organisation"));
    let role = facts.text("role").parse::<Role>().map(|role| words.role(role)).unwrap_or_default();
    let who = say!(
        words,
        "letter-member-joined-who",
        member = member,
        email = email,
        organisation = organisation,
        role = role,
        domain = facts.text("domain")
    );
    Parts {
        subject: say!(words, "letter-member-joined", member = member, organisation = organisation),
        paragraphs: vec![who, say!(words, "letter-member-joined-means")],
        way: Some(Way {
            label: say!(words, "letter-member-joined-way"),
            address: format!("{base_url}/o/{}/members", facts.text("slug")),
        }),
        beneath: say!(words, "letter-member-joined-beneath", organisation = organisation),
    }
}

pub(super) fn domain_answered(facts: &Facts<'_>, base_url: &str) -> Parts {
    let (words, organisation, domain) = (facts.words, facts.text("organisation"), facts.text("domain"));
    let (change, reason) = (facts.text("change"), facts.text("reason"));
    let role = facts.text("role").parse::<Role>().map(|role| words.role(role)).unwrap_or_default();
    Parts {
        subject: say!(words, "letter-domain-answered", change = change, domain = domain, organisation = organisation),
        paragraphs: vec![
            say!(words, "letter-domain-answered-means", change = change, domain = domain, role = role),
            say!(words, "letter-domain-answered-reason", reason = reason),
        ],
        way: Some(Way {
            label: say!(words, "letter-member-joined-way"),
            address: format!("{base_url}/o/{}/members", facts.text("slug")),
        }),
        beneath: say!(words, "letter-member-joined-beneath", organisation = organisation),
    }
}

pub(super) fn staff_changed(facts: &Facts<'_>, base_url: &str) -> Parts {
    let words = facts.words;
    let (change, member, email) = (facts.text("change"), facts.text("member"), facts.text("email"));
    let role = facts.text("role").parse::<StaffRole>().map(|role| words.staff_role(role)).unwrap_or_default();
    let (at, title_role) = (facts.moment("at"), role.clone());
    Parts {
        subject: say!(words, "letter-staff-changed", change = change, member = member, role = title_role),
        paragraphs: vec![
            say!(
                words,
                "letter-staff-changed-who",
                change = change,
                at = at,
                member = member,
                email = email,
                role = role
            ),
            say!(words, "letter-staff-changed-means"),
        ],
        way: Some(Way { label: say!(words, "letter-staff-changed-way"), address: format!("{base_url}/home") }),
        beneath: say!(words, "letter-staff-changed-beneath"),
    }
}

pub(super) fn new_device(facts: &Facts<'_>, base_url: &str) -> Parts {
    let words = facts.words;
    let (device, address) = (device_name(facts.text("device")), facts.text("address"));
    Parts {
        subject: say!(words, "letter-new-device"),
        paragraphs: vec![
            say!(words, "letter-new-device-when", at = facts.moment("at"), device = device, address = address),
            say!(words, "letter-new-device-means"),
        ],
        way: Some(Way { label: say!(words, "letter-new-device-way"), address: format!("{base_url}/sessions") }),
        beneath: say!(words, "letter-password-changed-beneath"),
    }
}

pub(super) fn identity_linked(facts: &Facts<'_>, base_url: &str) -> Parts {
    let words = facts.words;
    let (at, address, issuer) = (facts.moment("at"), facts.text("address"), facts.text("issuer"));
    Parts {
        subject: say!(words, "letter-identity-linked"),
        paragraphs: vec![
            say!(words, "letter-identity-linked-when", at = at, address = address, issuer = issuer),
            say!(words, "letter-new-device-means"),
        ],
        way: Some(Way {
            label: say!(words, "letter-password-changed-way"),
            address: format!("{base_url}/password/forgotten"),
        }),
        beneath: say!(words, "letter-password-changed-beneath"),
    }
}

pub(super) fn identity_unlinked(facts: &Facts<'_>, base_url: &str) -> Parts {
    let words = facts.words;
    let (at, address, issuer) = (facts.moment("at"), facts.text("address"), facts.text("issuer"));
    Parts {
        subject: say!(words, "letter-identity-unlinked"),
        paragraphs: vec![
            say!(words, "letter-identity-unlinked-when", at = at, address = address, issuer = issuer),
            say!(words, "letter-factor-changed-means"),
        ],
        way: Some(Way { label: say!(words, "letter-factor-changed-way"), address: format!("{base_url}/factors") }),
        beneath: say!(words, "letter-password-changed-beneath"),
    }
}

pub(super) fn factor_changed(facts: &Facts<'_>, base_url: &str) -> Parts {
    let words = facts.words;
    let (at, address, change) = (facts.moment("at"), facts.text("address"), facts.text("change"));
    Parts {
        subject: say!(words, "letter-factor-changed"),
        paragraphs: vec![
            say!(words, "letter-factor-changed-when", at = at, address = address, change = change),
            say!(words, "letter-factor-changed-means"),
        ],
        way: Some(Way { label: say!(words, "letter-factor-changed-way"), address: format!("{base_url}/factors") }),
        beneath: say!(words, "letter-password-changed-beneath"),
    }
}

pub(super) fn factors_reset(facts: &Facts<'_>, base_url: &str) -> Parts {
    let (words, change) = (facts.words, facts.text("change"));
    let path = if change == "done" { "/password/forgotten" } else { "/factors" };
    Parts {
        subject: say!(words, "letter-factors-reset", change = change),
        paragraphs: vec![
            say!(words, "letter-factors-reset-when", change = change, until = facts.moment("until")),
            say!(words, "letter-factors-reset-means", change = change),
        ],
        way: Some(Way {
            label: say!(words, "letter-factors-reset-way", change = change),
            address: format!("{base_url}{path}"),
        }),
        beneath: say!(words, "letter-password-changed-beneath"),
    }
}

pub(super) fn account_stopped(facts: &Facts<'_>, base_url: &str) -> Parts {
    let (words, change) = (facts.words, facts.text("change"));
    Parts {
        subject: say!(words, "letter-account-stopped", change = change),
        paragraphs: vec![
            say!(words, "letter-account-stopped-when", change = change, at = facts.moment("at")),
            say!(words, "letter-account-stopped-means", change = change),
        ],
        way: Some(Way {
            label: say!(words, "letter-account-stopped-way"),
            address: format!("{base_url}/password/forgotten"),
        }),
        beneath: say!(words, "letter-password-changed-beneath"),
    }
}

pub(super) fn operators_told(facts: &Facts<'_>, base_url: &str) -> Parts {
    let words = facts.words;
    let (change, member, email) = (facts.text("change"), facts.text("member"), facts.text("email"));
    let (at, by, reason) = (facts.moment("at"), facts.text("by"), facts.text("reason"));
    let who = say!(
        words,
        "letter-operators-told-who",
        change = change,
        at = at,
        by = by,
        member = member,
        email = email,
        reason = reason
    );
    Parts {
        subject: say!(words, "letter-operators-told", change = change, member = member),
        paragraphs: vec![who, say!(words, "letter-operators-told-means")],
        way: Some(Way {
            label: say!(words, "letter-staff-changed-way"),
            address: format!("{base_url}/staff/people/accounts"),
        }),
        beneath: say!(words, "letter-operators-told-beneath"),
    }
}

pub(super) fn password_changed(facts: &Facts<'_>, base_url: &str) -> Parts {
    let words = facts.words;
    let (at, address) = (facts.moment("at"), facts.text("address"));
    Parts {
        subject: say!(words, "letter-password-changed"),
        paragraphs: vec![
            say!(words, "letter-password-changed-when", at = at, address = address),
            say!(words, "letter-password-changed-means"),
        ],
        way: Some(Way {
            label: say!(words, "letter-password-changed-way"),
            address: format!("{base_url}/password/forgotten"),
        }),
        beneath: say!(words, "letter-password-changed-beneath"),
    }
}

pub(super) fn change_address(facts: &Facts<'_>, base_url: &str) -> Parts {
    let words = facts.words;
    Parts {
        subject: say!(words, "letter-change-address"),
        paragraphs: vec![
            say!(words, "letter-change-address-why"),
            say!(words, "letter-register-until", until = facts.moment("until")),
        ],
        way: Some(Way {
            label: say!(words, "letter-change-address-way"),
            address: format!("{base_url}/settings/email/confirm?token={}", facts.text("token")),
        }),
        beneath: say!(words, "letter-change-address-beneath"),
    }
}

pub(super) fn account_closed(facts: &Facts<'_>, base_url: &str) -> Parts {
    let words = facts.words;
    Parts {
        subject: say!(words, "letter-account-closed"),
        paragraphs: vec![
            say!(words, "letter-account-closed-when", until = facts.moment("until")),
            say!(words, "letter-account-closed-means"),
        ],
        way: Some(Way { label: say!(words, "closing-keep"), address: format!("{base_url}/settings") }),
        beneath: say!(words, "letter-password-changed-beneath"),
    }
}

pub(super) fn organisation_closed(facts: &Facts<'_>, base_url: &str) -> Parts {
    let (words, organisation, slug) = (facts.words, facts.text("organisation"), facts.text("slug"));
    let (change, until) = (facts.text("change"), facts.moment("until"));
    let address = match change {
        "closed" => format!("{base_url}/o/{slug}/close"),
        "kept" => format!("{base_url}/o/{slug}"),
        _ => format!("{base_url}/home"),
    };
    let when =
        say!(words, "letter-organisation-closed-when", change = change, organisation = organisation, until = until);
    Parts {
        subject: say!(words, "letter-organisation-closed", change = change, organisation = organisation),
        paragraphs: vec![when, say!(words, "letter-organisation-closed-means", change = change)],
        way: Some(Way { label: say!(words, "letter-organisation-closed-way", change = change), address }),
        beneath: say!(words, "letter-member-joined-beneath", organisation = organisation),
    }
}

pub(super) fn address_changed(facts: &Facts<'_>, base_url: &str) -> Parts {
    let words = facts.words;
    let (at, address, email) = (facts.moment("at"), facts.text("address"), facts.text("email"));
    Parts {
        subject: say!(words, "letter-address-changed"),
        paragraphs: vec![
            say!(words, "letter-address-changed-when", at = at, address = address, email = email),
            say!(words, "letter-address-changed-means"),
        ],
        way: Some(Way { label: say!(words, "letter-new-device-way"), address: format!("{base_url}/sessions") }),
        beneath: say!(words, "letter-password-changed-beneath"),
    }
}
