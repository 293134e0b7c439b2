//! The sample pieces, in the words of the product.

use app::components::*;
use leptos::prelude::*;
use messages::{Direction, Words, say};
use types::{Currency, InstanceReason, IntervalReason, Money, Phase};

pub(crate) fn mad(micros: i64) -> Money {
    Money { micros, currency: Currency::Mad }
}

pub(crate) fn all(words: &Words) -> AnyView {
    let left = view! { <div class="stack">{cost(words)}{flavours(words)}{instances(words)}{logs()}{usage(words)}{fields()}</div> };
    let right = view! { <div class="stack">{summary(words)}{states(words)}{proof(words)}{first_steps()}</div> };
    view! {
        {heading(words)}
        {banner(Banner { tone: Tone::Warn, title: "About 6 h of money left".into(), words: Some("At zero, instances stop and volumes are kept for 14 days.".into()), action: Some(Button::new(say!(words, "top-up")).small().to("#main")) })}
        {banner(Banner { tone: Tone::Bad, title: words.problem(types::Code::QuotaExceeded), words: Some(words.problem_next(types::Code::QuotaExceeded)), action: None })}
        {life(words)}
        {numbers()}
        <div class="split">{left}{right}</div>
        {nodes()}
        {paper(words)}
    }
    .into_any()
}

fn heading(words: &Words) -> AnyView {
    let stop =
        Button::new(words.wish(types::Wish::Stopped)).icon(Icon::Stop).post("#main", hidden("idempotency_key", "k1"));
    let more = more(
        say!(words, "more"),
        vec![MenuItem {
            icon: Some(Icon::Bin),
            words: words.wish(types::Wish::Deleted),
            href: "#main".into(),
            form: None,
        }],
    );
    let actions = view! { {stop}{refused("why-restart", "Restart", "You need the permission ChangeInstances.")}{more} };
    Heading::new("alphafold-sweep")
        .beside(phase(words, Phase::Running, &Mark::of("ins_1", "phase")))
        .beside(view! { <span class="sm faint">{ident("ins_01ka3m8x")}" · H200 SXM · Tétouan 1"</span> }.into_any())
        .actions(actions.into_any())
        .view()
}

fn life(words: &Words) -> AnyView {
    let name = |phase| words.phase(phase);
    let stations = vec![
        Station::Done(name(Phase::Queued), "14:02:07".into()),
        Station::Done(name(Phase::Scheduling), "+0.4 s".into()),
        Station::Here(Now::Waits, name(Phase::Pulling), "+1.1 s".into()),
        Station::Ahead(name(Phase::Starting)),
        Station::Ahead(name(Phase::Running)),
    ];
    let done = [Phase::Queued, Phase::Scheduling, Phase::Pulling, Phase::Starting]
        .map(|phase| Station::Done(name(phase), "+0.4 s".into()));
    let running = done.into_iter().chain([Station::Here(Now::Well, name(Phase::Running), "+19.2 s".into())]).collect();
    let said = view! { <p class="sm soft">{words.instance_reason(InstanceReason::PullingImage)}" "{say!(words, "updated", ago = words.ago(types::Timestamp::from_second(100), types::Timestamp::from_second(98)))}"."</p> };
    let body = view! { {Line { label: "Waiting".into(), stations, mark: Mark::of("ins_1", "station") }.view()}{said}{Line { label: "Running".into(), stations: running, mark: Mark::still() }.view()} };
    Card::plain().body(body.into_any())
}

fn numbers() -> AnyView {
    let stat = |label: &str, value: &str, unit: &str, note: &str| Stat {
        label: label.into(),
        value: value.into(),
        unit: unit.into(),
        note: Some(note.into()),
    };
    strip(vec![
        stat("GPUs in use", "44", "of 60", "73 % · 61 % a week ago"),
        stat("Waiting", "3", "instances", "median wait today 38 s"),
        stat("Faults now", "1", "GPU", "credited 16 min to 1 customer"),
        stat("This month", "17,131.56", "MAD net", "forecast 24,310 MAD"),
    ])
}

fn cost(words: &Words) -> AnyView {
    let part = |kind, seconds, words: String| Part { kind, seconds, words };
    let parts = vec![
        part(PartKind::Free, 360, words.interval_reason(IntervalReason::Pulling)),
        part(PartKind::Billed, 5_280, say!(words, "billed")),
        part(PartKind::Fault, 540, words.interval_reason(IntervalReason::NodeFault)),
        part(PartKind::Billed, 4_680, say!(words, "billed")),
    ];
    let table = Table::new("Intervals", vec![Column::new("From"), Column::end("Length")])
        .rows(vec![Row::new(vec![text("14:02:07"), amount(words.span(5_280))])]);
    let ribbon = Ribbon {
        id: "cost".into(),
        label: "2 h 46 min billed, 15 min not".into(),
        parts,
        marks: vec![(0, "14:02".into()), (305, "15:00".into()), (620, "16:00".into()), (1000, "17:12".into())],
        legend: vec![
            (PartKind::Billed, say!(words, "billed")),
            (PartKind::Free, words.interval_reason(IntervalReason::Pulling)),
            (PartKind::Fault, words.interval_reason(IntervalReason::NodeFault)),
        ],
        table: Some((say!(words, "as-table"), table.scrolls().view())),
        rtl: words.locale().dir() == Direction::Rtl,
    };
    let split = say!(words, "billed-and-not", billed = words.span(9_971), unbilled = words.span_brief(1_440));
    let body = view! {
        <div class="between"><div class="price"><b><bdi>"76.19"</bdi></b><span class="soft">"MAD"</span></div><span class="sm soft num">{split}</span></div>
        {ribbon.view()}
    };
    Card::titled("Cost so far")
        .end(view! { <span class="sm soft">"metered by the second"</span> }.into_any())
        .body(body.into_any())
}

fn flavours(words: &Words) -> AnyView {
    let columns = vec![
        Column::unseen("Choose"),
        Column::new("Model"),
        Column::new("Memory"),
        Column::new("Free"),
        Column::new("When"),
        Column::end("Price"),
    ];
    let row = |name: &str, note: &str, memory: &str, free: u32, all: u32, when: AnyView, price: i64, chosen: bool| {
        Row::new(vec![
            view! { <input class="radio" type="radio" name="flavour" value=name.to_owned() checked=chosen aria-label=name.to_owned() /> }.into_any(),
            both(view! { <span class="strong">{name.to_owned()}</span> }.into_any(), amount(note)),
            amount(memory),
            view! { {slots(free, all)}" "<span class="xs soft">{say!(words, "free-of", free = free, all = all)}</span> }.into_any(),
            when,
            both(view! { <span class="strong">{words.amount(mad(price))}</span> }.into_any(), text("MAD / h")),
        ])
        .pick()
    };
    let now = || pill(Tone::Good, say!(words, "verdict-now"));
    let rows = vec![
        row("H200 SXM", "1 GPU · 24 vCPU · 240 GB", "141 GB", 3, 8, now(), 27_400_000, true),
        row("H100 SXM", "1 GPU · 20 vCPU · 200 GB", "80 GB", 0, 8, pill(Tone::Warn, "12–25 min"), 21_900_000, false),
        row("A100 · 3g.40gb", "MIG · 8 vCPU · 64 GB", "40 GB", 5, 8, now(), 8_600_000, false),
        row(
            "B200 SXM",
            "1 GPU · 28 vCPU · 280 GB",
            "180 GB",
            8,
            8,
            pill(Tone::Bad, "Your quota is 0 · ask"),
            41_000_000,
            false,
        )
        .off(),
    ];
    let card = |value: &str, note: &str, chosen| Choice {
        value: value.into(),
        words: value.into(),
        note: note.into(),
        chosen,
        open: true,
    };
    let templates = choices(
        "template",
        "Workload",
        vec![
            card("PyTorch 2.9", "JupyterLab, CUDA 13", true),
            card("vLLM", "OpenAI-compatible endpoint", false),
            card("VS Code", "code-server, Python, Rust", false),
            card("Ubuntu 24.04", "SSH and nothing else", false),
        ],
    );
    view! { {Card::titled("Workload").step(1).body(templates)}{Card::titled("GPU").step(2).flush(Table::new("GPUs", columns).rows(rows).view())} }.into_any()
}

fn instances(words: &Words) -> AnyView {
    let columns =
        vec![Column::new("Instance"), Column::new("Phase"), Column::wide("Reason and next step"), Column::end("Cost")];
    let row = |name: &str, state, reason: AnyView, cost| {
        Row::new(vec![
            both(cover("#main", name), ident("ins_01ka4c2d")),
            phase(words, state, &Mark::still()),
            reason,
            amount(words.money(mad(cost))),
        ])
        .goes()
    };
    let rows = vec![
        row("alphafold-sweep", Phase::Running, nothing(), 76_190_000),
        row("vision-ablation", Phase::Scheduling, text(words.instance_reason(InstanceReason::NoFreeGpu)), 0),
        row("llm-serving", Phase::Degraded, text(words.instance_reason(InstanceReason::NodeLost)), 1_204_500_000),
        row("notebook", Phase::Stopped, text(words.instance_reason(InstanceReason::StoppedByMember)), 3_100_000),
    ];
    let pages = pages(
        "Pages".into(),
        Some((say!(words, "newer"), "#main".into())),
        Some((say!(words, "older"), "#main".into())),
    );
    Card::titled(say!(words, "nav-instances")).foot(pages).flush(Table::new("Instances", columns).rows(rows).view())
}

fn logs() -> AnyView {
    let row =
        |time: &str, text: &str| types::LogLine { at: format!("2026-11-22T{time}Z").parse().ok(), text: text.into() };
    let lines = vec![
        row("17:11:52", "epoch 41/120  loss 0.8143  lr 2.1e-4  1,912 res/s"),
        row("17:12:01", "checkpoint saved /data/ckpt/0041.safetensors (3.1 GB, 1.9 s)"),
        row("17:12:05", "warning: dataloader is slow, 3 of 8 workers idle"),
    ];
    Card::titled("Logs").end(pill_live(Tone::Good, "streaming")).flush(log("Logs", &Mark::of("page", "log"), lines))
}

fn usage(words: &Words) -> AnyView {
    let bar = |day: i64| Bar {
        first: (day * 37) % 90 + 8,
        second: if day % 5 == 0 { 14 } else { 0 },
        words: format!("{day} Nov"),
    };
    let table = Table::new("Usage by day", vec![Column::new("Day"), Column::end("MAD")])
        .rows(vec![Row::new(vec![text("1 Nov"), amount("45.00")])]);
    let bars = Bars {
        label: "Cost by day in November".into(),
        bars: (1..=30).map(bar).collect(),
        scale: ["100".into(), "50".into(), "0".into()],
        ends: ("1 Nov".into(), "30 Nov".into()),
        table: Some((say!(words, "as-table"), table.scrolls().view())),
    };
    let empty = Empty {
        title: "No volumes yet".into(),
        words: "A volume keeps your data when an instance stops.".into(),
        next: Some(Button::new("Launch with a volume").to("#main")),
    };
    view! { {Card::titled(say!(words, "nav-usage")).body(bars.view())}{Card::plain().flush(empty.view())} }.into_any()
}

fn fields() -> AnyView {
    let fields = view! {
        <div class="grid-2">
            {Field::text("name", "Name").value("Alpha Fold").error(Some("Only small letters, digits and dashes.".into())).hint("It becomes part of the SSH address.").view()}
            {Field::amount("amount", "Amount").unit("MAD").hint("Up to 100,000.00 MAD at once.").placeholder("1,000.00").view()}
            {Select { name: "kind".into(), label: "Paid by".into(), options: vec![("promo".into(), "The hub".into()), ("sponsored".into(), "A funder".into())], chosen: "promo".into(), hint: None, error: None }.view()}
            {Field::moment("from", "From").view()}
        </div>
        {TextArea { name: "reason".into(), label: "Reason".into(), value: String::new(), hint: Some("The customer reads it.".into()), error: None }.view()}
        {check("agree", "Tell the members by mail", true)}
        <div class="row">{Button::new("Grant").primary().submit()}{Button::new("Cancel").quiet().to("#main")}</div>
    };
    let confirm = Confirm {
        action_words: "Delete".into(),
        href: "#main".into(),
        key: "k2".into(),
        consequence:
            "The instance ends now; its volume is deleted on 24 November at 14:02. Until then you can undo this.".into(),
        ask: "Type alphafold-sweep to confirm".into(),
        again: Some(("alphafold".into(), "That is not the name.".into())),
    };
    let form = Form::post("#main").once("k3").around(fields.into_any());
    view! { {Card::titled("Form").body(form)}{Card::titled("Danger").body(confirm.view())} }.into_any()
}

fn summary(words: &Words) -> AnyView {
    let verdict = |tone, answer: String, reason: &str, ways_on| {
        Verdict { tone, answer, reason: reason.into(), ways_on, mark: Mark::still() }.view()
    };
    let pairs = vec![
        ("Billing starts".to_owned(), text("when the GPU answers")),
        ("With 20 % VAT".to_owned(), amount(words.per_hour(mad(33_010_000)))),
        ("Your balance lasts".to_owned(), text(words.about(34 * 3_600))),
        ("GPU quota after".to_owned(), view! { {amount("4 of 4")}" · "{link("#main", "raise")} }.into_any()),
    ];
    let body = view! {
        {verdict(Tone::Good, say!(words, "verdict-now"), "3 of 8 H200 are free in Tétouan 1. The image is already on the node: about 20 s.", vec![])}
        {verdict(Tone::Warn, say!(words, "verdict-waits"), "No H100 node has 2 free GPUs; 2 free up about 18:40.", vec![])}
        {verdict(Tone::Bad, say!(words, "verdict-cannot"), "Your quota is 4 of 4.", vec![link("#main", "A100 · 3g.40gb would start now"), link("#main", "Ask for more")])}
        <div><div class="price"><b><bdi>"27.51"</bdi></b><span class="soft">"MAD per hour"</span></div><p class="xs faint">"GPU 27.40 + volume 0.11 · net, tax shown below"</p></div>
        {facts(pairs)}
        {Button::new("Launch H200 SXM").primary().big().submit()}
        {tabs("Commands".into(), vec![("CLI".into(), "#main".into(), true), ("curl".into(), "#main".into(), false)])}
        {snippet("Command", "tamuda launch h200 \\\n  --template pytorch --volume datasets")}
        {copy_line("SSH command", "ssh alphafold-sweep@ssh.tetouan.example")}
    };
    view! { <aside class="card" aria-label="Summary"><div class="body">{body}</div></aside> }.into_any()
}

fn states(words: &Words) -> AnyView {
    let pills = Phase::ALL.iter().map(|each| phase(words, *each, &Mark::still())).collect::<Vec<_>>();
    let icons = Icon::ALL.iter().map(|each| icon(*each)).collect::<Vec<_>>();
    let body = view! { <div class="row wrap">{pills}</div><div class="row wrap soft">{icons}</div><div class="row">{tag("recommended")}{spark(&[3, 5, 4, 8, 7, 9, 9, 6, 8, 8])}</div> };
    Card::titled("States").body(body.into_any())
}

fn proof(words: &Words) -> AnyView {
    let interval = |when: &str, words: String, billed| Interval { when: when.into(), words, billed };
    let proof = Proof {
        intervals: vec![
            interval("1 Oct 00:00:00 → 14 Oct 09:12:40", words.span_figures(1_156_360), true),
            interval("15 Oct 15:31:20 → 15:47:22", words.interval_reason(IntervalReason::NodeFault), false),
            interval("15 Oct 15:47:22 → 26 Oct 14:07:36", words.span_figures(944_414), true),
        ],
        sum: ("H200 SXM".into(), words.money(mad(16_770_710_000))),
        working: "2,203,451 s × 27.400000 ÷ 3600, rounded once.".into(),
    };
    Card::titled("Open a line").body(proof.view())
}

fn first_steps() -> AnyView {
    let step = |done, words: &str, href: Option<&str>| Step {
        done,
        words: words.into(),
        note: "About two minutes.".into(),
        href: href.map(str::to_owned),
    };
    let list = steps(
        vec![
            step(true, "Sign in", None),
            step(true, "Get credit", None),
            step(false, "Launch an instance", Some("#main")),
        ],
        "done",
    );
    Card::titled("First steps").flush(list)
}

fn nodes() -> AnyView {
    let node = |name: &str, model: &str, state: &str, tone, cells| Node {
        name: name.into(),
        href: Some("#main".into()),
        model: model.into(),
        state: state.into(),
        tone,
        beside: Some("6.1 kW".into()),
        cells,
    };
    let slices = [7, 5, 4, 2, 1, 0, 7, 7].map(|used| Cell::Sliced { used, all: 7 }).to_vec();
    let lost = [vec![Cell::Used; 5], vec![Cell::Lost], vec![Cell::Used; 2]].concat();
    let free = [vec![Cell::Used; 6], vec![Cell::Free; 2]].concat();
    hall(vec![
        node("tet-h200-01", "H200 ×8", "6 of 8 in use", Tone::Good, free),
        node("tet-h100-02", "H100 ×8", "1 GPU lost, Xid 79", Tone::Bad, lost),
        node("tet-a100-01", "A100 ×8, MIG", "33 of 56 slices", Tone::Good, slices),
        node("tet-h100-03", "H100 ×8", "draining until 22:00", Tone::Warn, vec![Cell::Free; 8]),
        node(
            "tet-l40s-01",
            "L40S ×4",
            "2 of 4 in use",
            Tone::Good,
            vec![Cell::Used, Cell::Used, Cell::Free, Cell::Free],
        ),
    ])
}

fn paper(words: &Words) -> AnyView {
    let row = |what: &str, project: &str, used: i64, rate, net| {
        Row::new(vec![
            both(view! { <span class="strong">{what.to_owned()}</span> }.into_any(), text(project)),
            amount(words.span(used)),
            amount(words.amount_exact(mad(rate))),
            view! { <strong class="strong">{words.amount(mad(net))}</strong> }.into_any(),
        ])
    };
    let columns = vec![Column::new("What"), Column::end("Used"), Column::end("MAD / h"), Column::end("Net MAD")];
    let lines = Table::new("Lines", columns).scrolls().rows(vec![
        row("H200 SXM", "protein-folding", 2_203_451, 27_400_000, 16_770_710_000),
        row("A100 · 1g.10gb", "protein-folding", 346_360, 2_900_000, 279_010_000),
    ]);
    let total = |words: &str, amount: &str, grand| Total { words: words.into(), amount: amount.into(), grand };
    let party = |role: &str, name: &str, lines: &[&str]| Party {
        role: role.into(),
        name: name.into(),
        lines: lines.iter().map(|line| (*line).to_owned()).collect(),
    };
    Paper {
        seller: vec![
            "Tétouan AI hub · ICE 001234567000089".into(),
            "IF 40112233 · RC 27915 Tétouan · TP 51203344".into(),
        ],
        title: "Invoice TM-2026-000117".into(),
        dates: vec![
            "Issued 1 November 2026 · due 16 November 2026".into(),
            "Period 1–31 October 2026, Africa/Casablanca".into(),
        ],
        parties: vec![
            party("Billed to", "Rif Biomed SARL", &["Avenue Mohammed V, Tétouan", "ICE 002345678000012"]),
            party("Paid by", "Cohort 2026 grant", &["12,000.00 MAD"]),
        ],
        lines: lines.view(),
        totals: vec![
            total("Net", "17,049.72", false),
            total("VAT 20 %", "3,409.94", false),
            total("Total MAD", "20,459.66", true),
        ],
        mentions: vec!["Every line opens down to its seconds.".into()],
        draft: false,
    }
    .view()
}
