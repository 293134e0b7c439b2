//! What a story has left of money and documents, to be compared with what the same story leaves undisturbed.

use std::collections::BTreeMap;

use anyhow::Context;
use end2end::Portal;

/// What it is of, and what it comes to.
pub(crate) type Fingerprint = BTreeMap<String, String>;

/// Each reads `what` and `said`. Two worlds are copies of one, so that ids from before the story are the same in both.
///
/// Left out is what the clock of the wall decides: settlements, which charge the seconds of what runs meanwhile (their
/// lease is looked at by itself, and the doctor recalculates the rest), phases of what runs, and the day of issue,
/// since midnight may pass between two worlds.
const READS: [&str; 20] = [
    "SELECT format('posted %s %s %s', o.slug, a.kind, a.unit) AS what, sum(p.amount)::text AS said
     FROM posting p JOIN journal_entry e ON e.id = p.entry_id JOIN account a ON a.id = p.account_id
     JOIN organisation o ON o.id = p.organisation_id WHERE e.kind <> 'settlement' GROUP BY 1",
    "SELECT format('entries %s %s', o.slug, e.kind) AS what, count(*)::text AS said
     FROM journal_entry e JOIN organisation o ON o.id = e.organisation_id WHERE e.kind <> 'settlement' GROUP BY 1",
    "SELECT format('lot %s %s %s %s', o.slug, l.name, l.granted, u.kind) AS what, sum(u.amount)::text AS said
     FROM lot_use u JOIN lot l ON l.id = u.lot_id JOIN journal_entry e ON e.id = u.entry_id
     JOIN organisation o ON o.id = u.organisation_id WHERE e.kind <> 'settlement' GROUP BY 1",
    "SELECT format('invoice %s from %s', o.slug, b.started_at) AS what,
            concat_ws(' ', v.number, v.status, v.net, v.tax, v.total, v.snapshot_sha256 = sha256(v.snapshot),
                encode(sha256(convert_to(replace(replace(convert_from(v.snapshot, 'UTF8'),
                    v.issued_on::text, 'issued'), coalesce(v.due_on::text, 'none'), 'due'), 'UTF8')), 'hex')) AS said
     FROM invoice v JOIN billing_period b ON b.id = v.period_id JOIN organisation o ON o.id = v.organisation_id",
    "SELECT format('credit note %s', c.number) AS what,
            concat_ws(' ', v.number, c.net, c.tax, c.total, c.snapshot_sha256 = sha256(c.snapshot)) AS said
     FROM credit_note c JOIN invoice v ON v.id = c.invoice_id",
    "SELECT format('wording of credit note %s', number) AS what,
            encode(sha256(convert_to(replace(convert_from(snapshot, 'UTF8'), issued_on::text, 'issued'), 'UTF8')), 'hex')
                AS said
     FROM credit_note",
    // Asked for with what they say; when they are drawn is the worker's.
    "SELECT format('papers %s %s', o.slug, p.kind) AS what, count(*)::text AS said
     FROM paper p JOIN organisation o ON o.id = p.organisation_id GROUP BY 1",
    "SELECT format('items of %s', v.number) AS what, concat_ws(' ', count(*), sum(r.net), sum(r.gross)) AS said
     FROM rated_item r JOIN settlement m ON m.id = r.settlement_id JOIN invoice v ON v.id = m.invoice_id GROUP BY 1",
    "SELECT format('period %s from %s', o.slug, b.started_at) AS what,
            CASE WHEN b.closed_at IS NULL THEN 'runs' ELSE 'closed' END AS said
     FROM billing_period b JOIN organisation o ON o.id = b.organisation_id",
    "SELECT format('instance %s %s', o.slug, i.name) AS what,
            concat_ws(' ', i.wish, i.attempt, CASE WHEN i.wish = 'stopped' THEN i.phase END,
                (SELECT count(*) FROM lease l WHERE l.subject_id = i.id)) AS said
     FROM instance i JOIN organisation o ON o.id = i.organisation_id",
    "SELECT format('payments %s %s', o.slug, p.state) AS what, concat_ws(' ', count(*), sum(p.captured)) AS said
     FROM payment p JOIN organisation o ON o.id = p.organisation_id GROUP BY 1",
    "SELECT format('cards %s %s', o.slug, s.state) AS what,
            concat_ws(' ', count(*), string_agg(s.last4 || CASE WHEN s.is_default THEN ' usual' ELSE '' END, ', ')) AS said
     FROM saved_card s JOIN organisation o ON o.id = s.organisation_id GROUP BY 1",
    "SELECT format('tops itself up %s', o.slug) AS what,
            concat_ws(' ', a.state, a.declines, count(t.id), count(t.person_payment_id), string_agg(p.state, ', ')) AS said
     FROM auto_top_up a JOIN organisation o ON o.id = a.organisation_id
     LEFT JOIN auto_top_up_try t ON t.organisation_id = a.organisation_id
     LEFT JOIN payment p ON p.id = t.payment_id GROUP BY o.slug, a.state, a.declines",
    "SELECT format('refunds %s %s %s', o.slug, r.rail, r.state) AS what,
            concat_ws(' ', count(*), sum(r.amount), max(r.goes_to)) AS said
     FROM refund r JOIN organisation o ON o.id = r.organisation_id GROUP BY 1",
    "SELECT format('contested %s line %s', v.number, d.line) AS what,
            string_agg(concat_ws(' ', d.state, d.amount, d.total, c.number), ', ' ORDER BY d.opened_at) AS said
     FROM dispute d JOIN invoice v ON v.id = d.invoice_id LEFT JOIN credit_note c ON c.id = d.credit_note_id GROUP BY 1",
    "SELECT format('withheld of %s', v.number) AS what,
            concat_ws(' ', count(*), sum(w.amount), sum(w.owed), count(w.undone_at)) AS said
     FROM withholding w JOIN invoice v ON v.id = w.invoice_id GROUP BY 1",
    "SELECT format('written off %s of %s', o.slug, coalesce(v.number, 'none')) AS what,
            concat_ws(' ', count(*), sum(w.amount), sum(w.of_wallet), count(w.undone_at)) AS said
     FROM write_off w JOIN organisation o ON o.id = w.organisation_id LEFT JOIN invoice v ON v.id = w.invoice_id
     GROUP BY 1",
    "SELECT format('finalised all of %s', r.month) AS what,
            concat_ws(' ', count(DISTINCT r.id),
                string_agg(concat_ws(' ', r.state, o.slug, i.state, v.number), ', ' ORDER BY i.place)) AS said
     FROM finalise_run r JOIN finalise_item i ON i.run_id = r.id JOIN invoice v ON v.id = i.invoice_id
     JOIN organisation o ON o.id = i.organisation_id GROUP BY 1",
    "SELECT format('signed %s %s', o.slug, s.kind) AS what,
            string_agg(concat_ws(' ', s.state, s.amount, a.email, b.email), ', ' ORDER BY s.asked_at) AS said
     FROM sign_off s JOIN organisation o ON o.id = s.organisation_id JOIN person a ON a.id = s.asked_by
     LEFT JOIN person b ON b.id = s.signed_by GROUP BY 1",
    // What people did: a command that is sent again is done once, and said once.
    "SELECT format('audit %s %s', o.slug, a.verb) AS what, count(*)::text AS said
     FROM audit a JOIN organisation o ON o.id = a.organisation_id WHERE a.user_id IS NOT NULL GROUP BY 1",
];

/// The days on which documents were issued, which stand on every page of them.
const DAYS: &str = "days of issue";

/// What was drawn of invoices and credit notes. Each name begins alike, by which they are left out where midnight has passed.
const FILES: &str = "SELECT format('file %s %s', p.number, a.kind) AS what,
        concat_ws(' ', a.language, encode(a.sha256, 'hex')) AS said
     FROM document_artifact a JOIN paper p ON p.id = a.paper_id WHERE p.kind IN ('invoice', 'credit_note')
     UNION ALL SELECT 'days of issue', coalesce(string_agg(DISTINCT d.issued_on::text, ' '), 'none') FROM (
         SELECT issued_on FROM invoice WHERE status = 'finalised' UNION SELECT issued_on FROM credit_note) d";

/// Accounts, entries, lots, documents, and the states of what they are of.
pub(crate) async fn fingerprint(world: &Portal) -> anyhow::Result<Fingerprint> {
    read(world, &READS.join(" UNION ALL ")).await
}

/// The digests of the files that were drawn, for a story that waits until they are.
pub(crate) async fn files(world: &Portal) -> anyhow::Result<Fingerprint> {
    read(world, FILES).await
}

async fn read(world: &Portal, query: &str) -> anyhow::Result<Fingerprint> {
    let rows = world.database().rows(query).await?;
    let mut found = Fingerprint::new();
    for row in &rows {
        let (what, said) = (row["what"].as_str().context("no name")?, row["said"].as_str().context("nothing said")?);
        found.insert(what.to_owned(), said.to_owned());
    }
    Ok(found)
}

/// Where two differ, with what each says.
pub(crate) fn differences(undisturbed: &Fingerprint, other: &Fingerprint) -> Vec<String> {
    let nothing = "nothing".to_owned();
    let mut found: Vec<_> = undisturbed.keys().chain(other.keys()).collect();
    found.sort();
    found.dedup();
    let is_one_day = undisturbed.get(DAYS) == other.get(DAYS);
    found.retain(|what| *what != DAYS && (is_one_day || !what.starts_with("file ")));
    let say = |what: &String| {
        let [expected, is] = [undisturbed, other].map(|side| side.get(what).unwrap_or(&nothing));
        (expected != is).then(|| format!("{what}: {is}, undisturbed {expected}"))
    };
    found.into_iter().filter_map(say).collect()
}

#[test]
fn a_difference_is_named_whichever_side_it_is_on() {
    let of = |pairs: [(&str, &str); 3]| Fingerprint::from(pairs.map(|(what, said)| (what.to_owned(), said.to_owned())));
    let undisturbed = of([("a", "1"), ("b", "2"), ("c", "3")]);
    let other = of([("a", "1"), ("b", "4"), ("d", "5")]);
    let expected = ["b: 4, undisturbed 2", "c: nothing, undisturbed 3", "d: 5, undisturbed nothing"];
    assert_eq!(differences(&undisturbed, &other), expected);
    assert!(differences(&undisturbed, &undisturbed).is_empty());
}

#[test]
fn files_are_compared_where_they_say_the_same_day() {
    let of = |day: &str, file: &str| {
        let pairs = [(DAYS, day), ("file 1 pdf", file)];
        Fingerprint::from(pairs.map(|(what, said)| (what.to_owned(), said.to_owned())))
    };
    assert_eq!(differences(&of("monday", "1"), &of("monday", "2")), ["file 1 pdf: 2, undisturbed 1"]);
    assert!(differences(&of("monday", "1"), &of("tuesday", "2")).is_empty());
}
