//! Asking somebody into the organisation, writing their letter again, taking the invitation back.

use axum::response::{IntoResponse, Response};
use domain::{Error, Rule, access::policy::ManageMembers, commands::Command, organisations};
use leptos::prelude::*;
use messages::{Words, say};
use serde::Deserialize;
use session::{Form as Sent, Path, Refused};
use types::{InvitationId, Invite, Role};

use super::roles_to_give;
use crate::{
    Flash, Page, Room, Way,
    components::{Button, Card, Field, Form, Heading, Select},
    screens::asked::{is_said_here, notice, problem},
};

/// What the form sends.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    idempotency_key: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    role: String,
}

/// The form.
pub(crate) async fn show(room: Room<ManageMembers>) -> Result<Response, Refused> {
    if room.actor.recent(room.now).is_none() {
        return Ok(room.prove_first("/members/invite"));
    }
    Ok(page(&room, None).await?.into_response())
}

/// Asks them.
pub(crate) async fn invite(room: Room<ManageMembers>, Sent(sent): Sent<Wanted>) -> Result<Response, Refused> {
    let Some(recent) = room.actor.recent(room.now) else { return Ok(room.prove_first("/members/invite")) };
    let words = room.words();
    let outcome = async {
        let role = sent.role.parse().map_err(|_| Error::Invalid { field: "role", rule: Rule::Known })?;
        let ask = Invite { email: sent.email.clone(), role };
        let command = Command::new(&sent.idempotency_key, "invite", &ask)?;
        let language = words.locale().tag();
        organisations::invite(&room.portal.db, &room.scope, recent, command, (ask, language), room.now).await
    };
    match outcome.await.map_err(Refused::from) {
        Ok(invitation) => {
            let done = say!(words, "invited", email = invitation.email.as_str());
            let flash = Flash::done(done).then(say!(words, "invited-means", n = organisations::INVITATION_HOURS));
            Ok(room.redirect(Way::Members.path(), flash))
        }
        Err(refused) if is_said_here(&refused) => {
            let status = refused.status();
            Ok(page(&room, Some((sent, refused))).await?.with_status(status).into_response())
        }
        Err(refused) => Err(refused),
    }
}

/// Writes the letter of one again.
pub(crate) async fn resend(
    room: Room<ManageMembers>,
    Path((_, invitation)): Path<(String, InvitationId)>,
) -> Result<Response, Refused> {
    let Some(recent) = room.actor.recent(room.now) else { return Ok(room.prove_first(Way::Members.path())) };
    let (words, language) = (room.words(), room.words().locale().tag());
    let outcome =
        organisations::resend_invitation(&room.portal.db, &room.scope, recent, (invitation, language), room.now).await;
    let flash = match outcome {
        Ok(view) => Flash::done(say!(words, "invited-again", email = view.email.as_str())).then(say!(
            words,
            "invited-means",
            n = organisations::INVITATION_HOURS
        )),
        Err(error @ Error::Conflict(_)) => refused(words, error),
        Err(error) => return Err(error.into()),
    };
    Ok(room.redirect(Way::Members.path(), flash))
}

/// Takes one back.
pub(crate) async fn revoke(
    room: Room<ManageMembers>,
    Path((_, invitation)): Path<(String, InvitationId)>,
) -> Result<Response, Refused> {
    let view = organisations::revoke_invitation(&room.portal.db, &room.scope, invitation, room.now).await?;
    let words = room.words();
    let flash = Flash::done(say!(words, "invitation-revoked", email = view.email.as_str()));
    Ok(room.redirect(Way::Members.path(), flash.then(say!(words, "invitation-revoked-means"))))
}

/// A refusal that the next page says.
pub(super) fn refused(words: &Words, error: Error) -> Flash {
    let said = words.refusal(&Refused::from(error).refusal());
    Flash::refused(said.message).then(said.hint)
}

async fn page(room: &Room<ManageMembers>, returned: Option<(Wanted, Refused)>) -> Result<Page, Refused> {
    let tx = room.look().await?;
    let shell = room.shell_in(&tx, Way::Members).await?;
    drop(tx);
    let title = say!(room.words(), "invite-title");
    Ok(room.page_of(shell, Way::Members, &title, || view(room, returned)))
}

fn view(room: &Room<ManageMembers>, returned: Option<(Wanted, Refused)>) -> AnyView {
    let words = room.words();
    let first = Wanted { role: Role::Developer.word().to_owned(), ..Wanted::default() };
    let (sent, refused) = returned.map_or((first, None), |(sent, refused)| (sent, Some(refused)));
    let email = Field::email("email", say!(words, "email"))
        .value(sent.email)
        .hint(say!(words, "invite-email-hint"))
        .error(problem(words, refused.as_ref(), "email"))
        .autocomplete("off")
        .required();
    let role = Select {
        name: "role".to_owned(),
        label: say!(words, "member-role"),
        options: roles_to_give(words, room.seat.role()),
        chosen: sent.role,
        hint: None,
        error: problem(words, refused.as_ref(), "role"),
    };
    let fields = view! {
        {email.view()}{role.view()}
        <div>{Button::new(say!(words, "invite-send")).primary().submit()}</div>
    };
    let heading = Heading::new(say!(words, "invite-title")).beneath(say!(
        words,
        "invite-beneath",
        organisation = room.seat.name()
    ));
    let form = Form::post(room.href("/members/invite")).once(room.key()).around(fields.into_any());
    view! {
        {heading.view()}{notice(words, refused.as_ref())}
        <div class="split even">{Card::plain().body(form)}{super::matrix::card(words)}</div>
    }
    .into_any()
}
