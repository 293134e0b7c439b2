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
const READS: [&str; 11] = [
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
            concat_ws(' ', v.number, c.net, c.tax, c.total, c.snapshot_sha256 = sha256(c.snapshot),
                encode(sha256(convert_to(replace(convert_from(c.snapshot, 'UTF8'),
                    c.issued_on::text, 'issued'), 'UTF8')), 'hex')) AS said
     FROM credit_note c JOIN invoice v ON v.id = c.invoice_id",
    // Asked for with what they say; when they are drawn is the worker's.
    "SELECT format('papers %s %s', o.slug, p.kind) AS what, count(*)::text AS said
     FROM paper p JOIN organisation o ON o.id = p.organisation_id GROUP BY 1",
    "SELECT format('items of %s', v.number) AS what, concat_ws(' ', count(*), sum(r.net), sum(r.gross)) AS said
     FROM rated_item r JOIN invoice v ON v.id = r.invoice_id GROUP BY 1",
    "SELECT format('period %s from %s', o.slug, b.started_at) AS what,
            CASE WHEN b.closed_at IS NULL THEN 'runs' ELSE 'closed' END AS said
     FROM billing_period b JOIN organisation o ON o.id = b.organisation_id",
    "SELECT format('instance %s %s', o.slug, i.name) AS what,
            concat_ws(' ', i.wish, i.attempt, CASE WHEN i.wish = 'stopped' THEN i.phase END,
                (SELECT count(*) FROM lease l WHERE l.subject_id = i.id)) AS said
     FROM instance i JOIN organisation o ON o.id = i.organisation_id",
    "SELECT format('payments %s %s', o.slug, p.state) AS what, concat_ws(' ', count(*), sum(p.captured)) AS said
     FROM payment p JOIN organisation o ON o.id = p.organisation_id GROUP BY 1",
    // What people did: a command that is sent again is done once, and said once.
    "SELECT format('audit %s %s', o.slug, a.verb) AS what, count(*)::text AS said
     FROM audit a JOIN organisation o ON o.id = a.organisation_id WHERE a.user_id IS NOT NULL GROUP BY 1",
];

/// Accounts, entries, lots, documents, and the states of what they are of.
pub(crate) async fn fingerprint(world: &Portal) -> anyhow::Result<Fingerprint> {
    let rows = world.database().rows(&READS.join(" UNION ALL ")).await?;
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
