//! What runs, what it costs, what wants attention; for newcomers the first steps, which tick themselves off.

mod parts;

use domain::{
    Tx,
    access::policy::{ReadBalance, ReadInstances, ReadOrganisation, ReadUsage},
    instances, invoices, ledger,
};
use frontend::Live;
use leptos::prelude::*;
use messages::say;
use session::Refused;
use types::{Cursor, Document, InstanceFilter, InstanceView, WalletView};

use crate::{
    Page, Room, Way,
    components::{Button, Heading, Icon},
    live::{ago, ended},
};

/// Instances that the page looks at.
const MOST_INSTANCES: u16 = 100;

/// What the reader may see of the organisation.
struct Shown {
    instances: Option<Vec<InstanceView>>,
    wallet: Option<WalletView>,
    /// What has no invoice yet, the present period first.
    periods: Option<Vec<Document>>,
}

/// The page.
pub(crate) async fn show(room: Room<ReadOrganisation>) -> Result<Page, Refused> {
    let tx = room.look().await?;
    let shown = load(&room, &tx).await?;
    let shell = room.shell_in(&tx, Way::Overview).await?;
    Ok(room.page(shell, Way::Overview, || view(&room, &shown)))
}

async fn load(room: &Room<ReadOrganisation>, tx: &Tx) -> Result<Shown, Refused> {
    let mut shown = Shown { instances: None, wallet: None, periods: None };
    if let Ok(scope) = room.seat.prove::<ReadInstances>() {
        let page = Cursor { cursor: None, limit: Some(MOST_INSTANCES) };
        let list = instances::list_instances_in(tx, &scope, InstanceFilter::default(), &page).await?;
        shown.instances = Some(list.items);
    }
    if let Ok(scope) = room.seat.prove::<ReadBalance>() {
        shown.wallet = Some(ledger::wallet_in(tx, &scope).await?);
    }
    if let Ok(scope) = room.seat.prove::<ReadUsage>() {
        shown.periods = Some(invoices::previews_in(tx, &scope).await?.items);
    }
    Ok(shown)
}

fn view(room: &Room<ReadOrganisation>, shown: &Shown) -> AnyView {
    let words = room.words();
    let launch = Button::new(say!(words, "launch-title")).icon(Icon::Plus).primary();
    let heading = Heading::of(view! { <bdi>{room.seat.name().to_owned()}</bdi> }.into_any());
    let heading = heading.beneath(say!(words, "overview-beneath"));
    let heading = match Way::Launch.is_open_to(&room.seat) {
        true => heading.actions(launch.to(room.href(Way::Launch.path()))),
        false => heading,
    };
    let body = view! {
        {heading.view()}
        {parts::attention(room, shown)}
        {parts::numbers(room, shown)}
        {parts::first_steps(room, shown)}
        {parts::living(room, shown)}
    };
    let ids = parts::followed(shown).iter().map(|view| view.id.to_string()).collect::<Vec<_>>().join(",");
    if ids.is_empty() {
        return body.into_any();
    }
    let stream = room.href(&format!("/events?topic=instances&ids={ids}"));
    view! { <Live stream=stream ago=ago(words) ended=ended(words)><div class="stack">{body}</div></Live> }.into_any()
}
