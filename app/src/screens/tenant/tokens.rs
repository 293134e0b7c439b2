//! The tokens that programs come with: what each may do, what it has spent, and its end.

pub(crate) mod make;

use axum::response::Response;
use domain::{
    access::policy::{HoldTokens, ManageTokens},
    tokens,
};
use leptos::prelude::*;
use messages::{Words, say};
use session::{Path, Refused};
use types::{TokenId, TokenView};

use crate::{
    Flash, Page, Room, Way,
    components::{Button, Card, Column, Empty, Heading, Icon, Row, Table, both, nothing, snippet, tag, text, time},
};

/// The reader's own; all of them for who manages tokens.
pub(crate) async fn show(room: Room<HoldTokens>) -> Result<Page, Refused> {
    let tx = room.look().await?;
    let tokens = match room.seat.prove::<ManageTokens>() {
        Ok(scope) => tokens::list_tokens_in(&tx, &scope).await?.items,
        Err(_) => tokens::list_own_tokens_in(&tx, &room.scope).await?.items,
    };
    let shell = room.shell_in(&tx, Way::Tokens).await?;
    Ok(room.page(shell, Way::Tokens, || view(&room, tokens)))
}

/// Revokes one. Who takes access away is not asked to prove anything first.
pub(crate) async fn revoke(
    room: Room<HoldTokens>,
    Path((_, token)): Path<(String, TokenId)>,
) -> Result<Response, Refused> {
    match room.seat.prove::<ManageTokens>() {
        Ok(scope) => tokens::revoke_token(&room.portal.db, &scope, token, room.now).await?,
        Err(_) => tokens::revoke_own_token(&room.portal.db, &room.scope, token, room.now).await?,
    }
    let words = room.words();
    let flash = Flash::done(say!(words, "token-revoked")).then(say!(words, "token-revoked-means"));
    Ok(room.redirect(Way::Tokens.path(), flash))
}

fn view(room: &Room<HoldTokens>, tokens: Vec<TokenView>) -> AnyView {
    let words = room.words();
    let make = Button::new(say!(words, "token-new")).primary().icon(Icon::Plus).to(room.href("/tokens/new"));
    let heading = Heading::new(say!(words, "nav-tokens")).beneath(say!(words, "tokens-beneath")).actions(make);
    let list = if tokens.is_empty() { empty(words) } else { table(room, tokens) };
    view! { {heading.view()}{list}{how(room)} }.into_any()
}

fn empty(words: &Words) -> AnyView {
    let empty = Empty { title: say!(words, "tokens-none"), words: say!(words, "tokens-none-means"), next: None };
    Card::plain().body(empty.view())
}

fn table(room: &Room<HoldTokens>, tokens: Vec<TokenView>) -> AnyView {
    let words = room.words();
    let columns = vec![
        Column::new(say!(words, "token")),
        Column::wide(say!(words, "token-may")),
        Column::new(say!(words, "token-spent")),
        Column::new(say!(words, "token-used")),
        Column::unseen(say!(words, "token-acts")),
    ];
    let rows = tokens.into_iter().map(|token| row(room, token)).collect();
    Card::plain().flush(Table::new(say!(words, "nav-tokens"), columns).rows(rows).view())
}

fn row(room: &Room<HoldTokens>, token: TokenView) -> Row {
    let words = room.words();
    let whose = token.person.clone().map_or_else(|| tag(say!(words, "token-of-service")), text);
    let name = view! { <span class="row wrap"><bdi class="strong">{token.name.clone()}</bdi>{whose}</span> };
    let until = say!(words, "token-until", until = words.date(token.expires_at));
    let spent = match (token.spent, token.ceiling) {
        (Some(spent), Some(ceiling)) => {
            both(text(words.money(spent)), text(say!(words, "token-of-ceiling", ceiling = words.money(ceiling))))
        }
        _ => nothing(),
    };
    let used = match token.used_at {
        Some(at) => both(time(at, words.moment(at)), text(token.used_from.clone().unwrap_or_default())),
        None => text(say!(words, "token-never-used")),
    };
    let revoke = Button::new(say!(words, "token-revoke")).small();
    let revoke = revoke.post(room.href(&format!("/tokens/{}/revoke", token.id)), ().into_any());
    Row::new(vec![both(name.into_any(), text(until)), text(may(words, &token)), spent, used, revoke])
}

/// What it may do, in one line.
fn may(words: &Words, token: &TokenView) -> String {
    let said = |name: &String| words.say("permission", &[("word", name.as_str().into())]);
    let mut said = token.permissions.iter().map(said).collect::<Vec<_>>();
    if let Some(units) = token.most_units {
        said.push(say!(words, "token-units", n = units));
    }
    if !token.projects.is_empty() {
        said.push(say!(words, "token-some-projects", n = token.projects.len()));
    }
    if !token.flavours.is_empty() {
        said.push(say!(words, "token-some-flavours", n = token.flavours.len()));
    }
    if !token.networks.is_empty() {
        said.push(token.networks.join(", "));
    }
    said.join(" · ")
}

/// How a program uses one.
fn how(room: &Room<HoldTokens>) -> AnyView {
    let words = room.words();
    let address = format!("{}/api/v1/organisations/{}/instances", room.portal.settings.base_url, room.seat.slug());
    let code = format!("curl -H \"Authorization: Bearer $TAMUDA_TOKEN\" \\\n  {address}");
    let body = view! {
        <div class="stack"><p class="sm">{say!(words, "token-how-means")}</p>{snippet(say!(words, "token-how"), code)}</div>
    };
    Card::titled(say!(words, "token-how")).body(body.into_any())
}
