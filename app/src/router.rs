//! Every address of the screens in one list, grouped by person.

use axum::{Router, middleware::from_fn_with_state, routing};

use crate::{
    Screens,
    flash::say_once,
    screens::{
        anybody::{
            activity, factor, factors, forgotten, founding, home, invitation, landing, linking, mailbox, passkey,
            password, preferences, prove, provider, register, sessions, settings, sign_in, sign_out,
        },
        staff,
        tenant::{
            self, audit, budget, closing, credit_note, credit_notes, documents, instance, instances, invoice, invoices,
            launch, members, overview, projects, tokens, transfers, unpaid, usage, volumes, wallet,
        },
    },
};

/// The screens. A refusal leaves as [`session::Refused`]: the layer around all surfaces words it with
/// [`refused_page`](crate::refused_page).
pub fn router<S>(screens: Screens) -> Router<S> {
    listed().layer(from_fn_with_state(screens.clone(), say_once)).with_state(screens)
}

/// Makes the router and the list of addresses from one table.
macro_rules! screens {
    ($($method:ident $path:literal $($module:ident)::+;)+) => {
        /// Every method and address of the screens.
        pub const ROUTES: &[(&str, &str)] = &[$((stringify!($method), $path)),+];

        fn listed() -> Router<Screens> {
            let router = Router::new();
            $(let router = router.route($path, routing::$method($($module)::+));)+
            router
        }
    };
}

screens! {
    get  "/"                                                                landing::show;
    get  "/home"                                                            home::show;
    post "/preferences"                                                     preferences::keep;
    get  "/sign-in"                                                         sign_in::show;
    post "/sign-in"                                                         sign_in::sign_in;
    get  "/sign-in/factor"                                                  factor::show;
    post "/sign-in/factor"                                                  factor::finish;
    post "/sign-in/factor/passkey"                                          factor::finish_with_passkey;
    post "/sign-in/factor/passkey/begin"                                    factor::begin_passkey;
    post "/sign-in/passkey"                                                 passkey::sign_in;
    post "/sign-in/passkey/begin"                                           passkey::begin;
    get  "/sign-in/with/{provider}"                                         provider::begin;
    get  "/sign-in/with/{provider}/back"                                    provider::finish;
    post "/sign-in/with/{provider}/link"                                    linking::link;
    post "/sign-in/with/{provider}/link/passkey"                            linking::link_with_passkey;
    post "/sign-in/with/{provider}/signed-out"                              sign_out::told;
    post "/sign-out"                                                        sign_out::sign_out;
    get  "/password/forgotten"                                              forgotten::show;
    post "/password/forgotten"                                              forgotten::ask;
    get  "/password/reset"                                                  forgotten::bring;
    post "/password/reset"                                                  forgotten::set;
    get  "/password"                                                        password::show;
    post "/password"                                                        password::change;
    get  "/factors"                                                         factors::show;
    post "/factors/keep"                                                    factors::keep;
    get  "/factors/totp"                                                    factors::totp::show;
    post "/factors/totp"                                                    factors::totp::begin;
    post "/factors/totp/confirm"                                            factors::totp::confirm;
    post "/factors/totp/remove"                                             factors::totp::remove;
    post "/factors/codes"                                                   factors::codes::renew;
    post "/factors/passkeys"                                                factors::passkeys::add;
    post "/factors/passkeys/begin"                                          factors::passkeys::begin;
    post "/factors/passkeys/{passkey}/remove"                               factors::passkeys::remove;
    post "/factors/identities/remove"                                       factors::identities::remove;
    get  "/register"                                                        register::show;
    post "/register"                                                        register::ask;
    get  "/register/account"                                                register::bring;
    post "/register/account"                                                register::register;
    get  "/organisations/new"                                               founding::show;
    post "/organisations/new"                                               founding::found;
    get  "/prove"                                                           prove::show;
    post "/prove"                                                           prove::prove;
    post "/prove/passkey"                                                   prove::prove_with_passkey;
    post "/prove/passkey/begin"                                             prove::begin_passkey;
    get  "/prove/with/{provider}"                                           provider::begin_proof;
    get  "/invitation"                                                      invitation::show;
    post "/invitation"                                                      invitation::join;
    post "/invitation/register"                                             invitation::register;
    get  "/sessions"                                                        sessions::show;
    post "/sessions/end-others"                                             sessions::end_others;
    post "/sessions/{session}/end"                                          sessions::end;
    get  "/settings"                                                        settings::show;
    post "/settings"                                                        settings::save;
    get  "/settings/email"                                                  settings::email::show;
    post "/settings/email"                                                  settings::email::ask;
    get  "/settings/email/confirm"                                          settings::email::bring;
    post "/settings/email/confirm"                                          settings::email::confirm;
    post "/settings/close"                                                  settings::closing::close;
    post "/settings/keep"                                                   settings::closing::keep;
    post "/settings/export"                                                 settings::export::export;
    get  "/activity"                                                        activity::show;
    get  "/dev/mail"                                                        mailbox::show;

    get  "/o/{organisation}"                                                overview::show;
    get  "/o/{organisation}/launch"                                         launch::show;
    post "/o/{organisation}/launch"                                         launch::launch;
    get  "/o/{organisation}/instances"                                      instances::show;
    get  "/o/{organisation}/instances/{instance}"                           instance::show;
    post "/o/{organisation}/instances/{instance}/stop"                      instance::stop;
    post "/o/{organisation}/instances/{instance}/start"                     instance::start;
    post "/o/{organisation}/instances/{instance}/restart"                   instance::restart;
    post "/o/{organisation}/instances/{instance}/delete"                    instance::delete;
    post "/o/{organisation}/instances/{instance}/undo"                      instance::undo;
    get  "/o/{organisation}/volumes"                                        volumes::show;
    post "/o/{organisation}/volumes"                                        volumes::make;
    get  "/o/{organisation}/volumes/{volume}"                               volumes::one::show;
    post "/o/{organisation}/volumes/{volume}/grow"                          volumes::one::grow;
    post "/o/{organisation}/volumes/{volume}/delete"                        volumes::one::delete;
    post "/o/{organisation}/volumes/{volume}/undo"                          volumes::one::undo;
    get  "/o/{organisation}/usage"                                          usage::show;
    get  "/o/{organisation}/usage.csv"                                      usage::export;
    get  "/o/{organisation}/usage.focus.csv"                                usage::focus::export;
    get  "/o/{organisation}/wallet"                                         wallet::show;
    post "/o/{organisation}/wallet/limit"                                   wallet::limit::set;
    get  "/o/{organisation}/wallet/top-up"                                  wallet::top_up::show;
    post "/o/{organisation}/wallet/top-up"                                  wallet::top_up::ask;
    get  "/o/{organisation}/wallet/top-ups/{payment}"                       wallet::top_up::one;
    get  "/o/{organisation}/unpaid"                                         unpaid::show;
    get  "/o/{organisation}/wallet/cards"                                   wallet::cards::show;
    post "/o/{organisation}/wallet/cards"                                   wallet::cards::save;
    post "/o/{organisation}/wallet/cards/{card}/default"                    wallet::cards::choose;
    post "/o/{organisation}/wallet/cards/{card}/remove"                     wallet::cards::remove;
    get  "/o/{organisation}/wallet/auto-top-up"                             wallet::automatic::show;
    post "/o/{organisation}/wallet/auto-top-up"                             wallet::automatic::set;
    post "/o/{organisation}/wallet/auto-top-up/end"                         wallet::automatic::end;
    get  "/o/{organisation}/transfers"                                      transfers::show;
    post "/o/{organisation}/transfers"                                      transfers::announce;
    get  "/o/{organisation}/transfers/{transfer}"                           transfers::one::show;
    post "/o/{organisation}/transfers/{transfer}/cancel"                    transfers::one::cancel;
    get  "/o/{organisation}/invoices"                                       invoices::show;
    get  "/o/{organisation}/invoices/{invoice}"                             invoice::show;
    get  "/o/{organisation}/credit-notes"                                   credit_notes::show;
    get  "/o/{organisation}/credit-notes/{credit_note}"                     credit_note::show;
    get  "/o/{organisation}/documents"                                      documents::show;
    post "/o/{organisation}/documents"                                      documents::ask;
    get  "/o/{organisation}/documents/{document}/pdf"                       documents::file::pdf;
    get  "/o/{organisation}/documents/{document}/xml"                       documents::file::xml;
    post "/o/{organisation}/invoices/{invoice}/disputes"                    invoice::contest::contest;
    get  "/o/{organisation}/disputes"                                       tenant::disputes::show;
    get  "/o/{organisation}/disputes/{dispute}"                             tenant::disputes::one::show;
    post "/o/{organisation}/disputes/{dispute}/withdraw"                    tenant::disputes::one::withdraw;
    get  "/o/{organisation}/members"                                        members::show;
    get  "/o/{organisation}/members/invite"                                 members::invite::show;
    post "/o/{organisation}/members/invite"                                 members::invite::invite;
    get  "/o/{organisation}/members/{member}"                               members::one::show;
    post "/o/{organisation}/members/{member}"                               members::one::change;
    post "/o/{organisation}/members/{member}/remove"                        members::one::remove;
    post "/o/{organisation}/members/{member}/transfer"                      members::one::transfer;
    post "/o/{organisation}/invitations/{invitation}/resend"                members::invite::resend;
    post "/o/{organisation}/invitations/{invitation}/revoke"                members::invite::revoke;
    get  "/o/{organisation}/domains/new"                                    members::domains::show;
    post "/o/{organisation}/domains/new"                                    members::domains::claim;
    post "/o/{organisation}/domains/{domain}/remove"                        members::domains::remove;
    post "/o/{organisation}/leave"                                          members::one::leave;
    get  "/o/{organisation}/settings"                                       tenant::settings::show;
    post "/o/{organisation}/settings"                                       tenant::settings::save;
    get  "/o/{organisation}/close"                                          closing::show;
    post "/o/{organisation}/close"                                          closing::close;
    post "/o/{organisation}/keep"                                           closing::keep;
    get  "/o/{organisation}/audit"                                          audit::show;
    get  "/o/{organisation}/audit.csv"                                      audit::export;

    post "/o/{organisation}/members/{member}/budget"                        budget::of_member;
    get  "/o/{organisation}/projects"                                       projects::show;
    post "/o/{organisation}/projects"                                       projects::make;
    get  "/o/{organisation}/projects/{project}"                             projects::one::show;
    post "/o/{organisation}/projects/{project}/name"                        projects::one::rename;
    get  "/o/{organisation}/projects/{project}/close"                       projects::closing::show;
    post "/o/{organisation}/projects/{project}/close"                       projects::closing::close;
    post "/o/{organisation}/projects/{project}/open"                        projects::closing::open;
    post "/o/{organisation}/projects/{project}/budget"                      budget::of_project;
    post "/o/{organisation}/projects/{project}/members"                     projects::one::set_members;
    get  "/o/{organisation}/tokens"                                         tokens::show;
    get  "/o/{organisation}/tokens/new"                                     tokens::make::show;
    post "/o/{organisation}/tokens/new"                                     tokens::make::make;
    post "/o/{organisation}/tokens/{token}/revoke"                          tokens::revoke;

    get  "/staff"                                                           staff::hall::show;
    get  "/staff/nodes"                                                     staff::nodes::show;
    get  "/staff/waiting"                                                   staff::waiting::show;
    get  "/staff/letters"                                                   staff::letters::show;
    post "/staff/letters/{letter}/retry"                                    staff::letters::retry;
    post "/staff/letters/{letter}/discard"                                  staff::letters::discard;
    post "/staff/questions/{question}/keep"                                 staff::questions::keep;
    post "/staff/questions/{question}/delete"                               staff::questions::delete;

    get  "/staff/people"                                                    staff::people::show;
    get  "/staff/people/new"                                                staff::people::ask;
    post "/staff/people/new"                                                staff::people::propose;
    get  "/staff/people/factors"                                            staff::people::factors::show;
    post "/staff/people/factors"                                            staff::people::factors::ask;
    post "/staff/people/factors/{reset}/confirm"                            staff::people::factors::confirm;
    post "/staff/people/factors/{reset}/withdraw"                           staff::people::factors::withdraw;
    get  "/staff/people/accounts"                                           staff::people::account::ask;
    post "/staff/people/accounts"                                           staff::people::account::find;
    get  "/staff/people/accounts/{person}"                                  staff::people::account::show;
    post "/staff/people/accounts/{person}/sign-out"                         staff::people::account::sign_out;
    post "/staff/people/accounts/{person}/stop"                             staff::people::account::stop;
    post "/staff/people/accounts/{person}/open"                             staff::people::account::open;
    get  "/staff/people/{member}"                                           staff::people::one::show;
    post "/staff/people/{member}"                                           staff::people::one::revoke;
    post "/staff/people/proposals/{proposal}/confirm"                       staff::people::confirm;
    post "/staff/people/proposals/{proposal}/withdraw"                      staff::people::withdraw;

    get  "/staff/organisations"                                             staff::organisations::show;
    get  "/staff/organisations/{organisation}"                              staff::organisation::show;
    get  "/staff/organisations/{organisation}/view"                         staff::view::show;
    post "/staff/organisations/{organisation}/view"                         staff::view::begin;
    post "/staff/organisations/{organisation}/view/end"                     staff::view::end;
    get  "/staff/organisations/{organisation}/instances/{instance}"         staff::instance::show;
    post "/staff/organisations/{organisation}/instances/{instance}"         staff::instance::stop;
    get  "/staff/organisations/{organisation}/quotas/{flavour}"             staff::quota::show;
    post "/staff/organisations/{organisation}/quotas/{flavour}"             staff::quota::set;
    get  "/staff/domains"                                                   staff::domains::show;
    get  "/staff/domains/{organisation}/{domain}"                           staff::domains::look;
    post "/staff/domains/{organisation}/{domain}"                           staff::domains::answer;
    get  "/staff/quotas"                                                    staff::quotas::show;
    get  "/staff/grants"                                                    staff::grants::show;
    get  "/staff/grants/{organisation}"                                     staff::grant::show;
    post "/staff/grants/{organisation}"                                     staff::grant::give;
    post "/staff/grants/{organisation}/preview"                             staff::grant::preview;
    get  "/staff/grants/{organisation}/lots/{lot}"                          staff::undo::show;
    post "/staff/grants/{organisation}/lots/{lot}"                          staff::undo::undo;

    get  "/staff/prices"                                                    staff::prices::show;
    get  "/staff/prices/{flavour}/{currency}"                               staff::price::show;
    post "/staff/prices/{flavour}/{currency}"                               staff::price::set;
    post "/staff/prices/{flavour}/{currency}/withdraw"                      staff::price::withdraw;
    get  "/staff/billing"                                                   staff::billing::show;
    get  "/staff/billing/{organisation}"                                    staff::period::show;
    post "/staff/billing/{organisation}/close"                              staff::period::close;
    post "/staff/billing/{organisation}/waive"                              staff::period::waive;
    get  "/staff/billing/{organisation}/invoices/{invoice}"                 staff::invoice::show;
    post "/staff/billing/{organisation}/invoices/{invoice}"                 staff::invoice::finalise;
    get  "/staff/billing/{organisation}/invoices/{invoice}/credit"          staff::credit::show;
    get  "/staff/billing/{organisation}/invoices/{invoice}/withhold"        staff::withholding::show;
    post "/staff/billing/{organisation}/invoices/{invoice}/withhold"        staff::withholding::record;
    post "/staff/billing/{organisation}/invoices/{invoice}/withhold/undo"   staff::withholding::undo;
    post "/staff/billing/{organisation}/invoices/{invoice}/credit"          staff::credit::issue;
    post "/staff/billing/{organisation}/invoices/{invoice}/credit/preview"  staff::credit::preview;
    post "/staff/billing/{organisation}/invoices/{invoice}/sign-off"        staff::sign_off::ask;
    get  "/staff/billing/{organisation}/sign-offs/{sign_off}"               staff::sign_off::show;
    post "/staff/billing/{organisation}/sign-offs/{sign_off}/sign"          staff::sign_off::sign;
    post "/staff/billing/{organisation}/sign-offs/{sign_off}/refuse"        staff::sign_off::refuse;
    post "/staff/billing/{organisation}/sign-offs/{sign_off}/withdraw"      staff::sign_off::withdraw;
    get  "/staff/billing/{organisation}/write-offs"                         staff::write_offs::show;
    post "/staff/billing/{organisation}/write-offs"                         staff::write_offs::make;
    post "/staff/billing/{organisation}/write-offs/sign-off"                staff::write_offs::ask;
    post "/staff/billing/{organisation}/write-offs/{write_off}/undo"        staff::write_offs::undo;
    get  "/staff/sign-offs"                                                 staff::sign_offs::show;
    post "/staff/sign-offs/limits"                                          staff::sign_offs::set;
    post "/staff/sign-offs/limits/{kind}/{currency}/agree"                  staff::sign_offs::agree;
    post "/staff/sign-offs/limits/{kind}/{currency}/withdraw"               staff::sign_offs::withdraw;
    get  "/staff/billing/{organisation}/credit-notes/{credit_note}"         staff::credit_note::show;
    post "/staff/billing/{organisation}/invoices/{invoice}/look"            staff::close::look::look;
    get  "/staff/close"                                                     staff::close::show;
    post "/staff/close"                                                     staff::close::open;
    get  "/staff/close/{month}"                                             staff::close::month::show;
    post "/staff/close/{month}"                                             staff::close::month::close;
    post "/staff/close/{month}/finalise"                                    staff::close::month::finalise;
    post "/staff/close/{month}/sign-off"                                    staff::close::signing::ask;
    post "/staff/close/{month}/sign-off/sign"                               staff::close::signing::sign;
    post "/staff/close/{month}/sign-off/refuse"                             staff::close::signing::refuse;
    post "/staff/close/{month}/sign-off/withdraw"                           staff::close::signing::withdraw;
    get  "/staff/finalising/{run}"                                          staff::close::run::show;
    post "/staff/finalising/{run}/stop"                                     staff::close::run::stop;
    get  "/staff/findings"                                                  staff::close::findings::show;
    post "/staff/findings/{finding}/settle"                                 staff::close::findings::settle;
    get  "/staff/billing/{organisation}/refunds"                            staff::refunds::show;
    post "/staff/billing/{organisation}/refunds"                            staff::refunds::ask;
    post "/staff/billing/{organisation}/refunds/preview"                    staff::refunds::preview;
    post "/staff/billing/{organisation}/refunds/sign-off"                   staff::refund_signing::ask;
    get  "/staff/refunds"                                                   staff::refund::show;
    get  "/staff/refunds/{desk_refund}"                                     staff::refund::one;
    post "/staff/refunds/{desk_refund}/paid"                                staff::refund::paid;
    post "/staff/refunds/{desk_refund}/call-off"                            staff::refund::call_off;
    get  "/staff/credit-notes"                                              staff::credit_notes::show;
    get  "/staff/documents"                                                 staff::documents::show;
    get  "/staff/disputes"                                                  staff::disputes::show;
    get  "/staff/disputes/{organisation}/{dispute}"                         staff::dispute::show;
    post "/staff/disputes/{organisation}/{dispute}"                         staff::dispute::answer;
    get  "/staff/dunning"                                                   staff::dunning::show;
    get  "/staff/dunning/{organisation}"                                    staff::dunning::one::show;
    post "/staff/dunning/{organisation}"                                    staff::dunning::one::pause;
    post "/staff/dunning/{organisation}/resume"                             staff::dunning::one::resume;
    get  "/staff/usage.focus.csv"                                           staff::focus::export;
    get  "/staff/books"                                                     staff::books::show;
    get  "/staff/books/accounts/{account}"                                  staff::books::account::show;
    get  "/staff/books/ageing"                                              staff::books::ageing::show;
    get  "/staff/books/revenue"                                             staff::books::revenue::show;
    get  "/staff/books/journal.csv"                                         staff::books::journal::export;
    get  "/staff/books/vat"                                                 staff::books::vat::show;
    get  "/staff/books/vat.csv"                                             staff::books::vat::export;

    get  "/staff/bank"                                                      staff::bank::show;
    get  "/staff/bank/accounts/{currency}"                                  staff::bank::account::show;
    post "/staff/bank/accounts/{currency}"                                  staff::bank::account::set;
    get  "/staff/bank/import"                                               staff::bank::import::show;
    post "/staff/bank/import"                                               staff::bank::import::import;
    post "/staff/bank/import/preview"                                       staff::bank::import::preview;
    get  "/staff/bank/statements/{statement}"                               staff::bank::statement::show;
    post "/staff/bank/statements/{statement}/book"                          staff::bank::statement::book;
    get  "/staff/bank/lines/{bank_line}"                                    staff::bank::line::show;
    post "/staff/bank/lines/{bank_line}/match"                              staff::bank::line::assign;
    post "/staff/bank/lines/{bank_line}/undo"                               staff::bank::line::undo;
    post "/staff/bank/lines/{bank_line}/ignore"                             staff::bank::line::ignore;
    post "/staff/bank/lines/{bank_line}/reopen"                             staff::bank::line::reopen;

    get  "/staff/audit"                                                     staff::audit::show;
    get  "/staff/audit.csv"                                                 staff::audit::export;
}
