//! What the pages of usage read.

use domain::{
    access::policy::{ReadInvoices, ReadUsage},
    invoices, metering,
    usage::{
        Month, list_all_focus_charges, list_focus_charges_in, list_usage_in, usage_by_day_of_month_in,
        usage_of_month_in,
    },
};
use types::UsageBy;

use super::{Inside, Watch, both_pages, now};

pub(super) async fn of_usage(watch: &mut Watch, inside: &Inside<'_>) {
    let usage = &inside.scope::<ReadUsage>().await;
    watch
        .of("previews_in", async || drop(invoices::previews_in(&inside.look(usage).await, usage).await.unwrap()))
        .await;
    watch
        .of("unbilled_in", async || drop(invoices::unbilled_in(&inside.look(usage).await, usage).await.unwrap()))
        .await;
    let days = async || drop(metering::usage_by_day_in(&inside.look(usage).await, usage, 30).await.unwrap());
    watch.of("usage_by_day_in", days).await;
    let tx = inside.look(usage).await;
    let month = &Month::of_in(&tx, Some("2026-10")).await.unwrap();
    drop(tx);
    let days = async || drop(usage_by_day_of_month_in(&inside.look(usage).await, usage, month).await.unwrap());
    watch.of("usage_by_day_of_month_in", days).await;
    for by in UsageBy::ALL {
        let groups = async || drop(usage_of_month_in(&inside.look(usage).await, usage, month, *by).await.unwrap());
        watch.of("usage_of_month_in", groups).await;
    }
    let page = async |page| list_usage_in(&inside.look(usage).await, usage, month, &page).await;
    watch.of("list_usage_in", async || both_pages(&page).await).await;
    let page = async |page| list_focus_charges_in(&inside.look(usage).await, usage, month, &page).await;
    watch.of("list_focus_charges_in", async || both_pages(&page).await).await;
    let (world, bills) = (&inside.0.world, &inside.0.world.survey::<ReadInvoices>("auditor").await);
    let page = async |page| {
        let open = world.db.survey(bills, now()).await.unwrap();
        list_all_focus_charges(&open, bills, month, &page).await
    };
    watch.of("list_all_focus_charges", async || both_pages(&page).await).await;
}
