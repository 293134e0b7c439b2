//! The public API: every address in one list, a file for each noun. The list makes the router and the description.

mod account;
mod audit;
mod bank;
mod books;
mod budgets;
mod cards;
mod catalogue;
mod changes;
mod clusters;
mod credit_notes;
mod description;
mod disputes;
mod documents;
mod dunning;
mod instances;
mod invitations;
mod invoices;
mod logs;
mod lots;
mod members;
mod months;
mod organisations;
mod papers;
mod prices;
mod projects;
mod quotas;
mod refunds;
mod rehearsal;
mod review;
mod session;
mod sessions;
mod settings;
mod sign_offs;
mod spending_limit;
mod tokens;
mod top_ups;
mod transfers;
mod usage;
mod volumes;
mod wallet;
mod withholdings;
mod write_offs;

use ::session::Refused;
use axum::{Json, Router, middleware::from_fn, routing};
use serde::Deserialize;

use super::State;

pub(crate) use description::description;
pub(super) use documents::DOCUMENTS;
pub use documents::ROUTES as DESCRIBED;

/// What most handlers answer.
type Answered<T> = Result<Json<T>, Refused>;

/// The id of a thing inside the path's organisation, whatever the path calls it.
#[derive(Clone, Copy, Debug)]
struct InOrganisation<I> {
    id: I,
}

impl<'de, I: Deserialize<'de>> Deserialize<'de> for InOrganisation<I> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // The organisation's word is read by the extractor that proves the permission.
        <(String, I)>::deserialize(deserializer).map(|(_, id)| Self { id })
    }
}

/// Makes the router, the list of addresses and the description from one table.
macro_rules! routes {
    ($($method:ident $path:literal $($module:ident)::+;)+) => {
        /// Every method and address of the API.
        pub const ROUTES: &[(&str, &str)] = &[$((stringify!($method), $path)),+];

        /// The API's routes.
        pub(super) fn router() -> Router<State> {
            let router = Router::new();
            $(let router = router.route($path, routing::$method($($module)::+));)+
            router.layer(from_fn(rehearsal::mark)).merge(documents::router())
        }

        #[derive(utoipa::OpenApi)]
        #[openapi(paths($($($module)::+),+))]
        struct Paths;
    };
}

routes! {
    post   "/api/v1/session"                                                            session::sign_in;
    get    "/api/v1/session"                                                            session::read;
    delete "/api/v1/session"                                                            session::sign_out;
    get    "/api/v1/sessions"                                                           sessions::list;
    delete "/api/v1/sessions/{session}"                                                 sessions::end;
    get    "/api/v1/account/settings"                                                   account::read;
    put    "/api/v1/account/settings"                                                   account::change;

    get    "/api/v1/catalogue"                                                          catalogue::public;
    get    "/api/v1/templates"                                                          catalogue::templates;

    get    "/api/v1/organisations"                                                      organisations::list;
    get    "/api/v1/organisations/{organisation}"                                       organisations::read;
    get    "/api/v1/organisations/{organisation}/closing"                               organisations::closing;
    get    "/api/v1/organisations/{organisation}/settings"                              settings::read;
    put    "/api/v1/organisations/{organisation}/settings"                              settings::change;
    get    "/api/v1/organisations/{organisation}/members"                               members::list;
    put    "/api/v1/organisations/{organisation}/members/{member}"                      members::change;
    delete "/api/v1/organisations/{organisation}/members/{member}"                      members::remove;
    post   "/api/v1/organisations/{organisation}/members/{member}/transfer"             members::transfer;
    post   "/api/v1/organisations/{organisation}/leave"                                 members::leave;
    get    "/api/v1/organisations/{organisation}/invitations"                           invitations::list;
    post   "/api/v1/organisations/{organisation}/invitations"                           invitations::invite;
    delete "/api/v1/organisations/{organisation}/invitations/{invitation}"              invitations::revoke;
    post   "/api/v1/organisations/{organisation}/invitations/{invitation}/resend"       invitations::resend;
    get    "/api/v1/organisations/{organisation}/audit"                                 audit::list;
    get    "/api/v1/organisations/{organisation}/projects"                              projects::list;
    post   "/api/v1/organisations/{organisation}/projects"                              projects::make;
    put    "/api/v1/organisations/{organisation}/projects/{project}"                    projects::rename;
    get    "/api/v1/organisations/{organisation}/projects/{project}/closing"            projects::closing;
    post   "/api/v1/organisations/{organisation}/projects/{project}/close"              projects::close;
    post   "/api/v1/organisations/{organisation}/projects/{project}/open"               projects::open;
    get    "/api/v1/organisations/{organisation}/projects/{project}/members"            projects::members;
    put    "/api/v1/organisations/{organisation}/projects/{project}/members"            projects::set_members;
    get    "/api/v1/organisations/{organisation}/quotas"                                quotas::list;
    put    "/api/v1/organisations/{organisation}/quotas"                                quotas::set;
    get    "/api/v1/organisations/{organisation}/budgets"                               budgets::list;
    put    "/api/v1/organisations/{organisation}/budgets"                               budgets::set;
    delete "/api/v1/organisations/{organisation}/budgets/{budget}"                      budgets::remove;
    get    "/api/v1/organisations/{organisation}/spending-limit"                        spending_limit::read;
    put    "/api/v1/organisations/{organisation}/spending-limit"                        spending_limit::set;
    delete "/api/v1/organisations/{organisation}/spending-limit"                        spending_limit::remove;
    get    "/api/v1/organisations/{organisation}/tokens"                                tokens::list;
    post   "/api/v1/organisations/{organisation}/tokens"                                tokens::make;
    delete "/api/v1/organisations/{organisation}/tokens/{token}"                        tokens::revoke;
    get    "/api/v1/organisations/{organisation}/catalogue"                             catalogue::list;
    get    "/api/v1/organisations/{organisation}/catalogue/verdict"                     catalogue::verdict;
    get    "/api/v1/organisations/{organisation}/launch-plan"                           catalogue::plan;

    get    "/api/v1/organisations/{organisation}/instances"                             instances::list;
    post   "/api/v1/organisations/{organisation}/instances"                             instances::launch;
    get    "/api/v1/organisations/{organisation}/instances/{instance}"                  instances::read;
    delete "/api/v1/organisations/{organisation}/instances/{instance}"                  changes::delete;
    post   "/api/v1/organisations/{organisation}/instances/{instance}/stop"             changes::stop;
    post   "/api/v1/organisations/{organisation}/instances/{instance}/start"            changes::start;
    post   "/api/v1/organisations/{organisation}/instances/{instance}/restart"          changes::restart;
    post   "/api/v1/organisations/{organisation}/instances/{instance}/undo-delete"      changes::undo_delete;
    get    "/api/v1/organisations/{organisation}/instances/{instance}/logs"             logs::read;

    get    "/api/v1/organisations/{organisation}/volumes"                               volumes::list;
    post   "/api/v1/organisations/{organisation}/volumes"                               volumes::make;
    get    "/api/v1/organisations/{organisation}/volumes/{volume}"                      volumes::read;
    delete "/api/v1/organisations/{organisation}/volumes/{volume}"                      volumes::delete;
    post   "/api/v1/organisations/{organisation}/volumes/{volume}/grow"                 volumes::grow;
    post   "/api/v1/organisations/{organisation}/volumes/{volume}/undo-delete"          volumes::undo_delete;

    get    "/api/v1/organisations/{organisation}/usage"                                 wallet::usage;
    get    "/api/v1/organisations/{organisation}/usage/days"                            wallet::days;
    get    "/api/v1/organisations/{organisation}/usage/summary"                         usage::summary;
    get    "/api/v1/organisations/{organisation}/usage/stretches"                       usage::stretches;
    get    "/api/v1/organisations/{organisation}/wallet"                                wallet::read;
    get    "/api/v1/organisations/{organisation}/wallet/entries"                        wallet::entries;
    post   "/api/v1/organisations/{organisation}/wallet/transfers"                      wallet::transfer;
    get    "/api/v1/organisations/{organisation}/wallet/top-ups"                        top_ups::list;
    post   "/api/v1/organisations/{organisation}/wallet/top-ups"                        top_ups::ask;
    get    "/api/v1/organisations/{organisation}/wallet/top-ups/{payment}"              top_ups::read;
    get    "/api/v1/organisations/{organisation}/dunning"                               dunning::read;
    post   "/api/v1/organisations/{organisation}/dunning/pause"                         dunning::pause;
    post   "/api/v1/organisations/{organisation}/dunning/resume"                        dunning::resume;
    get    "/api/v1/organisations/{organisation}/wallet/cards"                          cards::list;
    post   "/api/v1/organisations/{organisation}/wallet/cards"                          cards::save;
    post   "/api/v1/organisations/{organisation}/wallet/cards/{card}/default"           cards::choose;
    delete "/api/v1/organisations/{organisation}/wallet/cards/{card}"                   cards::remove;
    get    "/api/v1/organisations/{organisation}/wallet/auto-top-up"                    cards::automatic;
    put    "/api/v1/organisations/{organisation}/wallet/auto-top-up"                    cards::set_automatic;
    delete "/api/v1/organisations/{organisation}/wallet/auto-top-up"                    cards::end_automatic;
    get    "/api/v1/organisations/{organisation}/refundable"                            refunds::refundable;
    get    "/api/v1/organisations/{organisation}/refunds"                               refunds::list;
    post   "/api/v1/organisations/{organisation}/refunds"                               refunds::ask;
    post   "/api/v1/organisations/{organisation}/refunds/preview"                       refunds::preview;
    post   "/api/v1/organisations/{organisation}/refunds/sign-off"                      refunds::ask_to_sign;
    get    "/api/v1/organisations/{organisation}/refunds/{refund}"                      refunds::read;
    get    "/api/v1/organisations/{organisation}/transfers"                             transfers::list;
    post   "/api/v1/organisations/{organisation}/transfers"                             transfers::announce;
    get    "/api/v1/organisations/{organisation}/transfers/{transfer}"                  transfers::read;
    post   "/api/v1/organisations/{organisation}/transfers/{transfer}/cancel"           transfers::cancel;
    get    "/api/v1/organisations/{organisation}/documents"                             papers::list;
    get    "/api/v1/organisations/{organisation}/documents/{document}"                  papers::read;
    get    "/api/v1/organisations/{organisation}/documents/{document}/pdf"              papers::pdf;
    get    "/api/v1/organisations/{organisation}/documents/{document}/xml"              papers::xml;
    post   "/api/v1/organisations/{organisation}/statements"                            papers::ask;
    get    "/api/v1/organisations/{organisation}/lots"                                  lots::list;
    post   "/api/v1/organisations/{organisation}/lots"                                  lots::grant;
    post   "/api/v1/organisations/{organisation}/lots/preview"                          lots::preview;
    post   "/api/v1/organisations/{organisation}/lots/{lot}/undo"                       lots::undo;

    get    "/api/v1/organisations/{organisation}/invoices"                              invoices::list;
    get    "/api/v1/organisations/{organisation}/invoices/{invoice}"                    invoices::read;
    get    "/api/v1/organisations/{organisation}/invoices/{invoice}/lines/{line}"       invoices::line;
    get    "/api/v1/organisations/{organisation}/invoices/{invoice}/recalculation"      invoices::recalculate;
    post   "/api/v1/organisations/{organisation}/invoices/{invoice}/finalise"           invoices::finalise;
    post   "/api/v1/organisations/{organisation}/invoices/{invoice}/look"               months::look;
    get    "/api/v1/organisations/{organisation}/invoices/{invoice}/credit-notes"       credit_notes::of_invoice;
    post   "/api/v1/organisations/{organisation}/invoices/{invoice}/credit-notes"       credit_notes::issue;
    post   "/api/v1/organisations/{organisation}/invoices/{invoice}/credit-notes/preview" credit_notes::preview;
    get    "/api/v1/organisations/{organisation}/invoices/{invoice}/withholdings"       withholdings::of_invoice;
    post   "/api/v1/organisations/{organisation}/invoices/{invoice}/withholdings"       withholdings::record;
    post   "/api/v1/organisations/{organisation}/withholdings/{withholding}/undo"       withholdings::undo;
    get    "/api/v1/organisations/{organisation}/credit-notes"                          credit_notes::list;
    get    "/api/v1/organisations/{organisation}/credit-notes/{credit_note}"            credit_notes::read;
    get    "/api/v1/organisations/{organisation}/invoices/{invoice}/disputes"           disputes::of_invoice;
    post   "/api/v1/organisations/{organisation}/invoices/{invoice}/disputes"           disputes::contest;
    get    "/api/v1/organisations/{organisation}/disputes"                              disputes::list;
    get    "/api/v1/organisations/{organisation}/disputes/{dispute}"                    disputes::read;
    post   "/api/v1/organisations/{organisation}/disputes/{dispute}/withdraw"           disputes::withdraw;
    post   "/api/v1/organisations/{organisation}/disputes/{dispute}/answer"             disputes::answer;
    post   "/api/v1/organisations/{organisation}/invoices/{invoice}/sign-off"           sign_offs::ask;
    get    "/api/v1/organisations/{organisation}/invoices/{invoice}/standing"           write_offs::standing;
    post   "/api/v1/organisations/{organisation}/sign-offs/{sign_off}/sign"             sign_offs::sign;
    post   "/api/v1/organisations/{organisation}/sign-offs/{sign_off}/refuse"           sign_offs::refuse;
    post   "/api/v1/organisations/{organisation}/sign-offs/{sign_off}/withdraw"         sign_offs::withdraw;
    get    "/api/v1/organisations/{organisation}/write-offs"                            write_offs::list;
    post   "/api/v1/organisations/{organisation}/write-offs"                            write_offs::make;
    post   "/api/v1/organisations/{organisation}/write-offs/sign-off"                   write_offs::ask;
    post   "/api/v1/organisations/{organisation}/write-offs/{write_off}/undo"           write_offs::undo;
    post   "/api/v1/organisations/{organisation}/periods/{period}/close"                invoices::close;
    post   "/api/v1/organisations/{organisation}/periods/{period}/waive"                invoices::waive;

    get    "/api/v1/staff/organisations"                                                organisations::list_all;
    get    "/api/v1/staff/quotas"                                                       quotas::list_all;
    get    "/api/v1/staff/prices"                                                       prices::list;
    post   "/api/v1/staff/prices"                                                       prices::set;
    delete "/api/v1/staff/prices/{price}"                                               prices::withdraw;
    get    "/api/v1/staff/tax-rules"                                                    prices::list_taxes;
    post   "/api/v1/staff/tax-rules"                                                    prices::set_tax;
    get    "/api/v1/staff/periods"                                                      review::periods;
    get    "/api/v1/staff/periods/{organisation}"                                       review::period;
    get    "/api/v1/staff/invoices"                                                     review::invoices;
    get    "/api/v1/staff/months"                                                       months::list;
    post   "/api/v1/staff/months"                                                       months::open;
    get    "/api/v1/staff/months/{month}"                                               months::read;
    post   "/api/v1/staff/months/{month}/close"                                         months::close;
    post   "/api/v1/staff/months/{month}/sign-off"                                      months::ask_to_close;
    post   "/api/v1/staff/months/{month}/sign-off/sign"                                 months::sign;
    post   "/api/v1/staff/months/{month}/sign-off/refuse"                               months::refuse;
    post   "/api/v1/staff/months/{month}/sign-off/withdraw"                             months::withdraw;
    post   "/api/v1/staff/months/{month}/finalise"                                      months::finalise;
    get    "/api/v1/staff/finalise-runs/{run}"                                          months::run;
    post   "/api/v1/staff/finalise-runs/{run}/stop"                                     months::stop;
    get    "/api/v1/staff/credit-notes"                                                 credit_notes::list_all;
    get    "/api/v1/staff/documents"                                                    papers::waiting;
    get    "/api/v1/staff/disputes"                                                     disputes::list_all;
    get    "/api/v1/staff/dunning"                                                      dunning::list;
    get    "/api/v1/staff/sign-offs"                                                    sign_offs::list;
    get    "/api/v1/staff/sign-off-limits"                                              sign_offs::limits;
    put    "/api/v1/staff/sign-off-limits"                                              sign_offs::set_limit;
    post   "/api/v1/staff/sign-off-limits/{kind}/{currency}/agree"                      sign_offs::agree_limit;
    post   "/api/v1/staff/sign-off-limits/{kind}/{currency}/withdraw"                   sign_offs::withdraw_limit;
    get    "/api/v1/staff/books/trial-balance"                                          books::trial_balance;
    get    "/api/v1/staff/books/accounts/{account}"                                     books::account;
    get    "/api/v1/staff/books/journal"                                                books::journal;
    get    "/api/v1/staff/books/ageing"                                                 books::ageing;
    get    "/api/v1/staff/books/revenue"                                                books::revenue;
    get    "/api/v1/staff/books/vat"                                                    books::vat;
    get    "/api/v1/staff/bank/accounts"                                                bank::accounts;
    post   "/api/v1/staff/bank/accounts"                                                bank::set_account;
    get    "/api/v1/staff/bank/statements"                                              bank::statements;
    post   "/api/v1/staff/bank/statements"                                              bank::import;
    post   "/api/v1/staff/bank/statements/preview"                                      bank::preview;
    get    "/api/v1/staff/bank/statements/{statement}"                                  bank::statement;
    get    "/api/v1/staff/bank/statements/{statement}/lines"                            bank::lines_of;
    get    "/api/v1/staff/bank/lines"                                                   bank::waiting;
    get    "/api/v1/staff/bank/lines/{bank_line}"                                       bank::line;
    post   "/api/v1/staff/bank/lines/{bank_line}/match"                                 bank::assign;
    post   "/api/v1/staff/bank/lines/{bank_line}/undo"                                  bank::undo;
    post   "/api/v1/staff/bank/lines/{bank_line}/ignore"                                bank::ignore;
    post   "/api/v1/staff/bank/lines/{bank_line}/reopen"                                bank::reopen;
    get    "/api/v1/staff/refunds"                                                      refunds::desk;
    get    "/api/v1/staff/refunds/{desk_refund}"                                        refunds::on_desk;
    post   "/api/v1/staff/refunds/{desk_refund}/paid"                                   refunds::paid;
    post   "/api/v1/staff/refunds/{desk_refund}/call-off"                               refunds::call_off;
    get    "/api/v1/staff/payment-findings"                                             top_ups::findings;
    post   "/api/v1/staff/payment-findings/{finding}/settle"                            top_ups::settle;
    get    "/api/v1/staff/clusters"                                                     clusters::list;
    get    "/api/v1/staff/nodes"                                                        clusters::nodes;
    get    "/api/v1/staff/waiting"                                                      clusters::waiting;
    get    "/api/v1/staff/unconfirmed"                                                  clusters::unconfirmed;
    get    "/api/v1/staff/questions"                                                    clusters::questions;
    post   "/api/v1/staff/questions/{question}/answer"                                  clusters::answer;
    get    "/api/v1/staff/audit"                                                        audit::list_all;
    get    "/api/v1/staff/audit/verification"                                           audit::verify;
}
