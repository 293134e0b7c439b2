//! A document's file, or the page that says that it is being drawn.

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::access::policy::ReadInvoices;
use leptos::prelude::*;
use messages::say;
use session::{Path, RETRY_SECONDS, Refused, drawn};
use types::{ArtifactKind, PaperId};

use super::HERE;
use crate::{
    Page, Room, Way,
    components::{Banner, Button, Tone, banner},
};

type Which = Path<(String, PaperId)>;

/// The pages.
pub(crate) async fn pdf(
    room: Room<ReadInvoices>,
    Path((_, id)): Which,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    file(&room, (id, ArtifactKind::Pdf), &headers).await
}

/// The electronic form.
pub(crate) async fn xml(
    room: Room<ReadInvoices>,
    Path((_, id)): Which,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    file(&room, (id, ArtifactKind::Ubl), &headers).await
}

async fn file(
    room: &Room<ReadInvoices>,
    which: (PaperId, ArtifactKind),
    headers: &HeaderMap,
) -> Result<Response, Refused> {
    if let Some(file) = drawn(&room.portal, &room.scope, which, headers, room.now).await? {
        return Ok(file);
    }
    let tx = room.look().await?;
    let shell = room.shell_in(&tx, Way::Invoices).await?;
    let called = say!(room.words(), "papers");
    let page: Page = room.page_of(shell, Way::Invoices, &called, || waits(room));
    let again = [(header::RETRY_AFTER, HeaderValue::from(RETRY_SECONDS))];
    Ok((again, page.with_status(StatusCode::ACCEPTED)).into_response())
}

fn waits(room: &Room<ReadInvoices>) -> AnyView {
    let words = room.words();
    let look = Button::new(say!(words, "paper-look")).to(room.visit.here.clone());
    let back = Button::new(say!(words, "papers")).to(room.href(HERE));
    banner(Banner {
        tone: Tone::Idle,
        title: say!(words, "paper-being-drawn"),
        words: Some(say!(words, "paper-being-drawn-means")),
        action: Some(view! { <div class="row">{look}{back}</div> }.into_any()),
    })
}
