//! Which screens there are to look at, as whom, and what they answer.

/// Somebody who looks at a screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Who {
    /// Not signed in.
    Nobody,
    Owner,
    Viewer,
    Operator,
    Incubator,
    Finance,
    Auditor,
}
use Who::{Auditor, Finance, Incubator, Nobody, Operator, Owner, Viewer};

/// One screen to look at.
pub(super) struct Visit {
    pub(super) who: Who,
    /// With `{words}` for what the world has made.
    pub(super) address: &'static str,
    /// What is sent, where the screen answers a form.
    pub(super) fields: Option<&'static [(&'static str, &'static str)]>,
    pub(super) status: u16,
}

const fn see(who: Who, address: &'static str) -> Visit {
    error(who, 200, address)
}

const fn error(who: Who, status: u16, address: &'static str) -> Visit {
    Visit { who, address, fields: None, status }
}

const fn send(who: Who, status: u16, address: &'static str, fields: &'static [(&'static str, &'static str)]) -> Visit {
    Visit { who, address, fields: Some(fields), status }
}

/// What only leads on to a screen that is visited.
pub(super) const LEAD_ON: &[(&str, &str)] = &[
    ("get", "/home"),
    ("post", "/preferences"),
    // Walked in `peers`, where there is a provider.
    ("get", "/sign-in/with/{provider}"),
    ("get", "/sign-in/with/{provider}/back"),
    ("post", "/sign-in/with/{provider}/link"),
    ("post", "/sign-in/with/{provider}/signed-out"),
    ("post", "/sign-out"),
    ("post", "/password/forgotten"),
    ("post", "/staff/letters/{letter}/retry"),
    ("post", "/staff/letters/{letter}/discard"),
    ("post", "/staff/organisations/{organisation}/view/end"),
    ("post", "/staff/people/proposals/{proposal}/confirm"),
    ("post", "/staff/people/proposals/{proposal}/withdraw"),
    ("post", "/sessions/{session}/end"),
    ("post", "/sessions/end-others"),
    // Who has just signed in is led on.
    ("get", "/prove"),
    ("post", "/o/{organisation}/members/{member}"),
    ("post", "/o/{organisation}/members/{member}/remove"),
    ("post", "/o/{organisation}/members/{member}/transfer"),
    ("post", "/o/{organisation}/invitations/{invitation}/resend"),
    ("post", "/o/{organisation}/invitations/{invitation}/revoke"),
    ("post", "/o/{organisation}/domains/{domain}/remove"),
    ("post", "/o/{organisation}/leave"),
    ("post", "/o/{organisation}/instances/{instance}/stop"),
    ("post", "/o/{organisation}/instances/{instance}/start"),
    ("post", "/o/{organisation}/instances/{instance}/restart"),
    ("post", "/o/{organisation}/instances/{instance}/undo"),
    ("post", "/staff/questions/{question}/keep"),
    ("post", "/staff/questions/{question}/delete"),
    ("post", "/staff/prices/{flavour}/{currency}/withdraw"),
];

#[rustfmt::skip]
pub(super) const VISITS: &[Visit] = &[
    see(Nobody, "/"),
    see(Nobody, "/sign-in"),
    send(Nobody, 401, "/sign-in", &[("email", "owner@rif-biomed.example"), ("password", "wrong")]),
    see(Nobody, "/password/forgotten"),
    see(Nobody, "/password/reset?token={token}"),
    error(Nobody, 410, "/password/reset?token=used"),
    send(Nobody, 422, "/password/reset", &[("token", "{token}"), ("password", "short")]),
    see(Nobody, "/register"),
    send(Nobody, 422, "/register", &[("email", "nobody")]),
    see(Nobody, "/register/account?token={registration}"),
    error(Nobody, 410, "/register/account?token=used"),
    send(Nobody, 422, "/register/account", &[("token", "{registration}"), ("name", ""), ("password", "short")]),
    see(Owner, "/organisations/new"),
    send(Owner, 422, "/organisations/new", &[("name", ""), ("legal_name", "X"), ("address", "Y"), ("country", "MA"), ("currency", "MAD")]),
    see(Nobody, "/dev/mail"),
    see(Nobody, "/invitation?token={invitation}"),
    see(Viewer, "/invitation?token={invitation}"),
    error(Nobody, 410, "/invitation?token=used"),
    send(Owner, 409, "/invitation", &[("token", "{invitation}")]),
    send(Nobody, 422, "/invitation/register", &[("token", "{invitation}"), ("name", ""), ("password", "a few words in a row")]),
    send(Finance, 401, "/prove", &[("password", "wrong"), ("return", "/staff/billing")]),
    see(Owner, "/password"),
    send(Owner, 401, "/password", &[("present", "wrong"), ("password", "a few words in a row")]),
    see(Owner, "/sessions"),
    error(Nobody, 404, "/nowhere"),

    see(Owner, "/o/rif-biomed"),
    see(Owner, "/o/rif-biomed/launch"),
    see(Owner, "/o/rif-biomed/launch?flavour={flavour}&units=9&template=vllm"),
    send(Owner, 422, "/o/rif-biomed/launch", &[("name", "Not a Name!"), ("flavour", "{flavour}"), ("project", "{project}"), ("template", "vscode"), ("units", "2"), ("idempotency_key", "{key}")]),
    see(Owner, "/o/rif-biomed/instances"),
    see(Owner, "/o/rif-biomed/instances?phase=failed"),
    see(Owner, "/o/rif-biomed/instances/{running}"),
    see(Owner, "/o/rif-biomed/instances/{degraded}"),
    see(Owner, "/o/rif-biomed/instances/{stopped}"),
    see(Owner, "/o/rif-biomed/instances/{deleted}"),
    see(Viewer, "/o/rif-biomed/instances/{running}"),
    send(Owner, 422, "/o/rif-biomed/instances/{running}/delete", &[("confirm", "another"), ("idempotency_key", "{key}")]),
    see(Owner, "/o/rif-biomed/usage"),
    see(Owner, "/o/rif-biomed/wallet"),
    see(Owner, "/o/rif-biomed/invoices"),
    see(Owner, "/o/rif-biomed/invoices/{final}?line=1&recalculate=1"),
    see(Owner, "/o/rif-biomed/invoices/{draft}"),
    see(Owner, "/o/rif-biomed/members"),
    see(Viewer, "/o/rif-biomed/members"),
    see(Owner, "/o/rif-biomed/members/invite"),
    send(Owner, 422, "/o/rif-biomed/members/invite", &[("email", "nobody"), ("role", "viewer"), ("idempotency_key", "{key}")]),
    see(Owner, "/o/rif-biomed/members/{member}"),
    see(Owner, "/o/rif-biomed/domains/new"),
    send(Owner, 422, "/o/rif-biomed/domains/new", &[("name", "gmail.com"), ("provider", "peer"), ("role", "viewer"), ("idempotency_key", "{key}")]),
    error(Viewer, 403, "/o/rif-biomed/wallet"),
    error(Owner, 404, "/o/rif-biomed/instances/ins_01ka4c2d00000000000000000z"),
    error(Owner, 404, "/o/atlas-robotics"),

    see(Operator, "/staff"),
    see(Operator, "/staff/nodes"),
    see(Operator, "/staff/waiting"),
    see(Operator, "/staff/letters"),
    see(Operator, "/staff/people"),
    see(Auditor, "/staff/people"),
    see(Operator, "/staff/people/new"),
    send(Operator, 422, "/staff/people/new", &[("email", "nobody@else.example"), ("role", "finance"), ("reason", "because"), ("idempotency_key", "{key}")]),
    see(Operator, "/staff/people/{operator}"),
    send(Operator, 409, "/staff/people/{operator}", &[("role", "operator"), ("reason", "because")]),
    see(Operator, "/staff/organisations"),
    see(Operator, "/staff/organisations?search=nobody"),
    see(Operator, "/staff/organisations/rif-biomed"),
    see(Auditor, "/staff/organisations/rif-biomed"),
    see(Operator, "/staff/organisations/rif-biomed/view"),
    send(Operator, 422, "/staff/organisations/rif-biomed/view", &[("role", "owner"), ("reason", "")]),
    see(Auditor, "/o/atlas-robotics"),
    see(Auditor, "/o/atlas-robotics/wallet"),
    error(Auditor, 403, "/o/atlas-robotics/launch"),
    see(Operator, "/staff/organisations/rif-biomed/instances/{degraded}"),
    see(Operator, "/staff/organisations/rif-biomed/instances/{stopped}"),
    send(Operator, 422, "/staff/organisations/rif-biomed/instances/{degraded}", &[("reason", "")]),
    see(Operator, "/staff/organisations/rif-biomed/quotas/{flavour}"),
    send(Operator, 422, "/staff/organisations/rif-biomed/quotas/{flavour}", &[("units", "many"), ("reason", "")]),
    see(Operator, "/staff/domains"),
    see(Operator, "/staff/domains/rif-biomed/{domain}"),
    send(Operator, 422, "/staff/domains/rif-biomed/{domain}", &[("answer", "confirm"), ("reason", "")]),
    see(Operator, "/staff/quotas"),
    error(Operator, 403, "/staff/prices"),
    error(Owner, 404, "/staff"),

    see(Incubator, "/staff/grants"),
    see(Incubator, "/staff/grants/rif-biomed"),
    send(Incubator, 200, "/staff/grants/rif-biomed/preview", &[("kind", "promo"), ("name", "Autumn"), ("amount", "1250.50"), ("reason", "second year")]),
    send(Incubator, 422, "/staff/grants/rif-biomed/preview", &[("kind", "promo"), ("name", "Autumn"), ("amount", "0"), ("reason", "second year")]),
    send(Incubator, 422, "/staff/grants/rif-biomed", &[("kind", "promo"), ("name", "Autumn"), ("amount", "5"), ("reason", ""), ("idempotency_key", "{key}")]),
    see(Incubator, "/staff/grants/rif-biomed/lots/{lot}"),
    send(Incubator, 422, "/staff/grants/rif-biomed/lots/{lot}", &[("reason", ""), ("idempotency_key", "{key}")]),

    see(Finance, "/staff/prices"),
    see(Finance, "/staff/prices/{flavour}/MAD"),
    send(Finance, 422, "/staff/prices/{flavour}/MAD", &[("amount", "-1"), ("started_at", "2099-01-01T00:00"), ("idempotency_key", "{key}")]),
    see(Finance, "/staff/billing"),
    see(Finance, "/staff/billing?status=finalised"),
    see(Finance, "/staff/billing/rif-biomed"),
    see(Finance, "/staff/billing/atlas-robotics"),
    send(Finance, 409, "/staff/billing/rif-biomed/close", &[("period", "{period}"), ("idempotency_key", "{key}")]),
    send(Finance, 422, "/staff/billing/rif-biomed/waive", &[("period", "{period}"), ("cluster", "{cluster}"), ("reason", ""), ("idempotency_key", "{key}")]),
    see(Finance, "/staff/billing/rif-biomed/invoices/{draft}"),
    send(Finance, 412, "/staff/billing/rif-biomed/invoices/{draft}", &[("sha256", "0000"), ("idempotency_key", "{key}")]),
    see(Finance, "/staff/billing/rif-biomed/invoices/{final}?line=1&recalculate=1"),
    see(Auditor, "/staff/billing/rif-biomed"),

    see(Auditor, "/staff/audit?verify=1"),
    see(Auditor, "/staff/audit?area=nothing"),
];
