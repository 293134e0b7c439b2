//! The screens around a world with money, an invoice, instances and a catalogue, asked without a network.

use std::{collections::BTreeSet, fs, path::Path, sync::Arc};

use app::{Logs, Screens, Site, refused_page};
use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{FromRequestParts, State},
    http::{Request, StatusCode, header},
    middleware::{Next, from_fn_with_state},
    response::Response,
};
use domain::{
    access::policy::{CloseBilling, TopUpWallet},
    commands::Command,
    instances::{LogSource, LogStream, LogTarget, LogWindow},
    secrets::SecretKeys,
    transfers::{announce_transfer, set_receiving_account},
};
use session::{Cards, Networks, Portal, Reader, Refused, Settings, Ticket};
use tower::ServiceExt;
use types::{AnnounceTransfer, Currency, InstanceId, InvoiceId, LogLine, Money, SetReceivingAccount, TransferId};

use crate::{
    invoiced::{Books, at},
    paid::Double,
    world::{World, credit::gift},
};

/// When the screens are looked at.
pub(crate) const NOW: &str = "2026-11-05T15:12:07Z";

pub(crate) struct TestPortal {
    pub(crate) world: Arc<World>,
    pub(crate) invoice: InvoiceId,
    /// One that runs; it is called by its id.
    pub(crate) instance: InstanceId,
    /// One that is awaited.
    pub(crate) transfer: TransferId,
    /// Who takes cards.
    pub(crate) cards: Arc<Double>,
    router: Router,
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) location: Option<String>,
    pub(crate) cookies: Vec<String>,
    pub(crate) body: String,
}

/// A container that wrote two lines.
struct TwoLines;

impl LogSource for TwoLines {
    fn lines(&self, _: LogTarget, _: LogWindow) -> LogStream {
        let line = |second: &str, text: &str| {
            Ok(LogLine { at: format!("2026-11-05T15:11:{second}Z").parse().ok(), text: text.to_owned() })
        };
        let lines = vec![
            line("52", "epoch 41/120  loss 0.8143  lr 2.1e-4  1,912 res/s"),
            line("59", "checkpoint saved /data/ckpt/0041.safetensors (3.1 GB, 1.9 s)"),
        ];
        Box::pin(futures_util::stream::iter(lines))
    }
}

impl TestPortal {
    pub(crate) async fn new() -> Self {
        let books = Books::open().await;
        books.top_up(12_000_000_000, "2026-10-01T09:00:00Z").await;
        books
            .world
            .grant(books.tenant, "cohort", gift(books.tenant, 500_000_000), at("2026-10-01T10:00:00Z"))
            .await
            .unwrap();
        books.usage(2, "2026-10-03T10:00:00Z", "2026-10-07T20:12:31Z").await;
        books.usage(1, "2026-10-12T08:00:00Z", "2026-10-14T09:12:40Z").await;
        let sealed = {
            let draft = books.closed().await;
            books.finalise(draft.invoice.id, "2026-11-02T00:10:00Z").await.unwrap()
        };
        let instance = november(&books).await;
        stock(&books.world).await;
        books.world.observe(at("2026-11-05T15:11:30Z")).await;
        books.settle("2026-11-05T15:12:00Z").await;
        let transfer = announced(&books.world).await;
        let cards = Arc::new(Double::default());
        let portal = Portal {
            db: books.world.db.clone(),
            clock: domain::Clock::at(at(NOW)),
            settings: Arc::new(Settings {
                base_url: "http://127.0.0.1:3000".to_owned(),
                trusted_proxies: Networks::default(),
                simulated: true,
                staff_need_factor: false,
                mailbox: false,
            }),
            providers: Arc::default(),
            keys: SecretKeys::parse(&format!("test {}", "5e".repeat(32))).unwrap(),
            cards: Some(Cards(cards.clone())),
        };
        let screens = Screens { portal, site: Site::default(), logs: Logs(Arc::new(TwoLines)) };
        let router = app::router(screens.clone()).layer(from_fn_with_state(screens, word));
        Self { world: books.world.clone(), invoice: sealed.invoice.id, instance, transfer, cards, router }
    }

    /// Names and addresses of the tenants' screens.
    pub(crate) fn screens(&self) -> Vec<(&'static str, String)> {
        let o = |path: &str| format!("/o/atlas{path}");
        vec![
            ("landing", "/".to_owned()),
            ("overview", o("")),
            ("launch", o("/launch")),
            ("launch-waits", o(&format!("/launch?flavour={}&units=4&template=vllm", self.world.h100))),
            ("instances", o("/instances")),
            ("instances-none", o("/instances?phase=pulling")),
            ("instance", o(&format!("/instances/{}", self.instance))),
            ("volumes", o("/volumes")),
            ("usage", o("/usage")),
            ("usage-by-member", o("/usage?by=member&month=2026-10")),
            ("usage-by-flavour", o("/usage?by=flavour")),
            ("usage-nothing", o("/usage?by=flavour&month=2026-09")),
            ("wallet", o("/wallet")),
            ("unpaid", o("/unpaid")),
            ("transfers", o("/transfers")),
            ("transfer", o(&format!("/transfers/{}", self.transfer))),
            ("documents", o("/documents")),
            ("top-up", o("/wallet/top-up")),
            ("saved-cards", o("/wallet/cards")),
            ("auto-top-up", o("/wallet/auto-top-up")),
            ("invoices", o("/invoices")),
            ("invoice", o(&format!("/invoices/{}?line=1&recalculate=1", self.invoice))),
            ("members", o("/members")),
            ("projects", o("/projects")),
            ("project", o(&format!("/projects/{}", self.world.atlas.project))),
            ("project-close-holds", o(&format!("/projects/{}/close", self.world.atlas.project))),
            ("audit", o("/audit")),
            ("organisation-settings", o("/settings")),
            ("sessions", "/sessions".to_owned()),
            ("activity", "/activity".to_owned()),
            ("settings", "/settings".to_owned()),
            ("password", "/password".to_owned()),
            ("factors", "/factors".to_owned()),
            ("forgotten", "/password/forgotten".to_owned()),
        ]
    }

    pub(crate) async fn get(&self, who: &str, path: &str) -> Answer {
        self.get_in(who, "en", path).await
    }

    pub(crate) async fn get_in(&self, who: &str, locale: &str, path: &str) -> Answer {
        let cookies = format!("tamuda={who}; tamuda-locale={locale}");
        let request = Request::get(path).header(header::COOKIE, cookies).body(Body::empty()).unwrap();
        self.ask(request).await
    }

    pub(crate) async fn post(&self, who: &str, path: &str, form: String) -> Answer {
        let request = Request::post(path)
            .header(header::COOKIE, format!("tamuda={who}"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(form));
        self.ask(request.unwrap()).await
    }

    /// Sends the launch form for one slice; the name is the key.
    pub(crate) async fn launch(&self, name: &str) -> Answer {
        let (flavour, project) = (self.world.slice.to_string(), self.world.atlas.project.to_string());
        let pairs = [
            ("idempotency_key", name),
            ("flavour", flavour.as_str()),
            ("project", project.as_str()),
            ("template", "pytorch"),
            ("units", "1"),
            ("name", name),
        ];
        self.post("developer@atlas.test", "/o/atlas/launch", serde_urlencoded::to_string(pairs).unwrap()).await
    }

    async fn ask(&self, request: Request<Body>) -> Answer {
        Answer::of(self.router.clone().oneshot(request).await.unwrap()).await
    }
}

/// Words refusals, as the program does around all surfaces.
async fn word(State(screens): State<Screens>, request: Request<Body>, next: Next) -> Response {
    let (mut head, body) = request.into_parts();
    let ticket = Ticket::from_request_parts(&mut head, &screens).await.unwrap();
    let (reader, method) = (Reader::of(&screens.portal.settings, &head), head.method.clone());
    let mut response = next.run(Request::from_parts(head, body)).await;
    match Refused::take(&mut response) {
        Some(refused) => refused_page(&screens, &reader, &ticket, &method, &refused, "req_1").await,
        None => response,
    }
}

/// The hub is paid in dirhams, and a transfer is awaited.
async fn announced(world: &World) -> TransferId {
    let (survey, now) = (world.survey::<CloseBilling>("finance").await, at(NOW));
    let ask = SetReceivingAccount {
        currency: Currency::Mad,
        beneficiary: "Hub of Tétouan".to_owned(),
        bank: "Bank of Tétouan".to_owned(),
        iban: "011519000001205000534921".to_owned(),
    };
    let command = Command::new("account", "set_receiving_account", &ask).unwrap();
    set_receiving_account(&world.db, &survey, ask, command, now).await.unwrap();
    let scope = world.scope::<TopUpWallet>("billing@atlas.test", world.atlas).await;
    let ask = AnnounceTransfer { amount: Money { micros: 1_200_050_000, currency: Currency::Mad } };
    let command = Command::new("transfer", "announce_transfer", &ask).unwrap();
    announce_transfer(&world.db, &scope, ask, command, now).await.unwrap().id
}

/// What happens in November: one instance runs after a fault, one waits, one rests.
async fn november(books: &Books) -> InstanceId {
    let (world, tenant) = (&books.world, books.tenant);
    let ended = world.lease(tenant, world.slice, 1, at("2026-11-03T08:00:00Z")).await;
    world.billable(ended, at("2026-11-03T08:00:20Z"), Some(at("2026-11-04T17:40:11Z"))).await;
    world.end(ended, at("2026-11-04T17:40:11Z")).await;
    let over = "UPDATE instance SET wish = 'stopped', phase = 'stopped' WHERE launched_at < '2026-11-01'";
    world.run(over, []).await;
    let resting = "UPDATE instance SET wish = 'stopped', phase = 'stopped', reason = 'stopped_by_member' WHERE id = $1";
    world.run(resting, [ended.instance.into()]).await;
    let waiting = world.lease(tenant, world.h100, 4, at("2026-11-05T15:09:00Z")).await;
    let waits = "UPDATE instance SET phase = 'scheduling', reason = 'no_free_gpu', deadline_at = '2026-11-05T16:09:00Z',
                     event_reason = 'FailedScheduling', event_message = '0/3 nodes are available: insufficient nvidia.com/gpu',
                     event_at = '2026-11-05T15:10:11Z' WHERE id = $1";
    world.run(waits, [waiting.instance.into()]).await;
    let running = world.lease(tenant, world.h100, 1, at("2026-11-05T12:01:07Z")).await;
    world.interval(running, at("2026-11-05T12:01:07Z"), Some(at("2026-11-05T12:01:40Z")), Some("pulling")).await;
    world.billable(running, at("2026-11-05T12:01:40Z"), Some(at("2026-11-05T13:31:20Z"))).await;
    world.interval(running, at("2026-11-05T13:31:20Z"), Some(at("2026-11-05T13:47:22Z")), Some("node_fault")).await;
    world.billable(running, at("2026-11-05T13:47:22Z"), None).await;
    let stations = "UPDATE lease SET node_name = 'tet-h100-01', pod_created_at = '2026-11-05T12:01:07.4Z',
                        scheduled_at = '2026-11-05T12:01:08Z', pulling_at = '2026-11-05T12:01:08.1Z',
                        starting_at = '2026-11-05T12:01:31Z', ready_at = '2026-11-05T12:01:40Z' WHERE id = $1";
    world.run(stations, [running.id.into()]).await;
    running.instance
}

/// Two nodes, so that the catalogue counts.
async fn stock(world: &World) {
    for (name, flavour, all, used) in [("tet-h100-01", world.h100, 8, 6), ("tet-a100-01", world.slice, 7, 2)] {
        let node = "INSERT INTO node (cluster_id, name, seen, ready, seen_at)
                    VALUES ($1, $2, '{}', true, '2026-11-05T15:11:00Z')";
        world.run(node, [world.cluster.into(), name.into()]).await;
        let counts = "INSERT INTO node_flavour (cluster_id, node_name, flavour_id, n_capacity, n_allocatable, n_used, takes_pods)
                      VALUES ($1, $2, $3, $4, $4, $5, true)";
        world.run(counts, [world.cluster.into(), name.into(), flavour.into(), all.into(), used.into()]).await;
        let quota = "INSERT INTO quota (organisation_id, flavour_id, units, reason, set_by, set_at)
                     SELECT $1, $2, 8, 'cohort 2026', id, '2026-10-01T00:00:00Z' FROM person ORDER BY email LIMIT 1";
        world.run(quota, [world.atlas.id.into(), flavour.into()]).await;
    }
}

impl Answer {
    async fn of(response: Response) -> Self {
        let headers = response.headers();
        let text = |value: &header::HeaderValue| value.to_str().unwrap().to_owned();
        let location = headers.get(header::LOCATION).map(text);
        let cookies = headers.get_all(header::SET_COOKIE).iter().map(text).collect();
        let status = response.status();
        let body = to_bytes(response.into_body(), 1 << 22).await.unwrap();
        Self { status, location, cookies, body: String::from_utf8(body.to_vec()).unwrap() }
    }

    /// Beside the gallery, whose style it uses.
    pub(crate) fn keep(&self, name: &str) {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().join("gallery").join("screens");
        fs::create_dir_all(&target).unwrap();
        let html =
            self.body.replace("/site/style.css", "../style/main.css").replace("/site/icon.svg", "../style/icon.svg");
        fs::write(target.join(name), html).unwrap();
    }

    /// Ids that stand twice in the document.
    pub(crate) fn twice(&self) -> Vec<String> {
        let mut known = BTreeSet::new();
        let ids = self.body.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next());
        ids.filter(|id| !known.insert((*id).to_owned())).map(str::to_owned).collect()
    }
}
