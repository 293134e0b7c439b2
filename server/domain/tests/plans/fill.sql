-- Three hundred organisations with $ROWS rows of everything that grows, beside the world that is there. $ORGANISATION,
-- $PROJECT, $FLAVOUR, $CLUSTER, $PERSON, $PRICE and $TAX are the world's; row n belongs to the organisation n % 300, and
-- number 0 is the world's own. What grows slower has a tenth of the rows.
SET session_replication_role = replica;
SET synchronous_commit = off;

-- Neither serves a list, and filling them takes longer than everything else.
ALTER TABLE usage_interval DROP CONSTRAINT intervals_do_not_overlap;
ALTER TABLE rated_item DROP CONSTRAINT seconds_are_rated_once;

CREATE FUNCTION numbered(of integer, n integer) RETURNS uuid LANGUAGE sql IMMUTABLE AS
    'SELECT (lpad(to_hex(of), 8, ''0'') || ''-0000-7000-8000-'' || lpad(to_hex(n), 12, ''0''))::uuid';
CREATE FUNCTION org(n integer) RETURNS uuid LANGUAGE sql IMMUTABLE AS
    'SELECT CASE n % 300 WHEN 0 THEN ''$ORGANISATION''::uuid ELSE numbered(1, n % 300) END';
CREATE FUNCTION prj(n integer) RETURNS uuid LANGUAGE sql IMMUTABLE AS
    'SELECT CASE n % 300 WHEN 0 THEN ''$PROJECT''::uuid ELSE numbered(2, n % 300) END';
CREATE FUNCTION moment(n integer) RETURNS timestamptz LANGUAGE sql IMMUTABLE AS
    'SELECT ''2026-10-01T00:00:07Z''::timestamptz + (n / 300) * interval ''10 minutes''';
CREATE TEMP TABLE row AS
    SELECT n, org(n) AS organisation_id, prj(n) AS project_id, moment(n) AS at FROM generate_series(0, $ROWS - 1) n;
CREATE TEMP TABLE tenth AS SELECT * FROM row WHERE n < $ROWS / 10;

INSERT INTO organisation (id, kind, slug, name, legal_name, address, country, is_business, currency, language, time_zone,
    state, created_at)
SELECT org(n), 'tenant', 'filler-' || n, 'Filler ' || n, 'Filler', 'Street', 'MA', true, 'MAD', 'en',
    'Africa/Casablanca', 'active', moment(0) FROM generate_series(1, 299) n;
INSERT INTO settlement_timer (organisation_id, settled_through) SELECT org(n), moment(0) FROM generate_series(1, 299) n;
INSERT INTO dunning (organisation_id, since, due_on, overdue_micros, step, taken_at, next_at)
SELECT org(n), moment(0), date '2026-10-01' + n % 20, 1000000, 'first_letter', '["2026-10-02T09:00:00Z"]', moment(0)
FROM generate_series(0, 299) n ON CONFLICT DO NOTHING;
INSERT INTO project (organisation_id, id, slug, name, created_at)
SELECT org(n), prj(n), 'research', 'Research', moment(0) FROM generate_series(1, 299) n;
INSERT INTO project (organisation_id, id, slug, name, created_at)
SELECT organisation_id, numbered(3, n), 'p-' || n, 'Project ' || n, at FROM tenth;

INSERT INTO person (id, email, name, created_at) SELECT numbered(4, n), 'p' || n || '@filler.test', 'P', at FROM row;
INSERT INTO member (organisation_id, user_id, role, joined_at)
SELECT organisation_id, numbered(4, n), 'viewer', at FROM row;
INSERT INTO project_member (organisation_id, project_id, user_id, added_at)
SELECT organisation_id, project_id, numbered(4, n), at FROM row;
INSERT INTO session (id, user_id, token_sha256, device, address, created_at, seen_at, proved_at, expires_at)
SELECT numbered(5, n), CASE WHEN n < 1000 THEN '$PERSON'::uuid ELSE numbered(4, n / 10) END, int8send(n) || '\x00'::bytea, 'd', 'a', at, at, at, '2100-01-01'
FROM row WHERE n < $ROWS / 3;
INSERT INTO passkey (id, user_id, credential_id, credential, name, created_at)
SELECT numbered(16, n), CASE WHEN n < 20 THEN '$PERSON'::uuid ELSE numbered(4, n) END, int8send(n), '{}', 'P', at FROM row;
INSERT INTO identity (issuer, subject, user_id, linked_at)
SELECT 'https://id.test', 's' || n, CASE WHEN n < 20 THEN '$PERSON'::uuid ELSE numbered(4, n) END, at FROM row;
INSERT INTO invitation (organisation_id, id, email, role, token_sha256, invited_by, created_at, sent_at, expires_at)
SELECT organisation_id, numbered(15, n), 'i' || n || '@filler.test', 'viewer', int8send(n), '$PERSON', at, at, at FROM row;

INSERT INTO token (organisation_id, id, held_by, name, secret_sha256, permissions, projects, flavours, networks, created_by,
    created_at, expires_at, revoked_at)
SELECT organisation_id, numbered(16, n), '$PERSON', 't', int8send(n) || decode(repeat('00', 24), 'hex'), '{ReadInstances}',
    '{}', '{}', '{}', '$PERSON', at, at + interval '365 days', CASE WHEN n % 7 > 0 THEN at END FROM tenth;
INSERT INTO budget (organisation_id, id, token_id, span, alert, ceiling, spent_since, set_at)
SELECT organisation_id, numbered(17, n), numbered(16, n), 'month', 1, 2, at, at FROM tenth;

INSERT INTO instance (organisation_id, id, project_id, cluster_id, name, flavour_id, units, template, image, environment,
    wish, wish_seq, applied_seq, wished_at, attempt, phase, phase_at, launched_by, launched_at)
SELECT organisation_id, numbered(6, n), project_id, '$CLUSTER', 'run-' || n, '$FLAVOUR', 1, 'ubuntu',
    'r@sha256:' || repeat('0', 64), '{}', 'stopped', n, n, at, 1, 'stopped', at, '$PERSON', at FROM row;
INSERT INTO volume (organisation_id, id, project_id, cluster_id, name, size_gb, wish, wish_seq, applied_seq, attempt, phase,
    phase_at, made_at)
SELECT organisation_id, numbered(40, n), project_id, '$CLUSTER', 'volume-' || n, 1, 'kept', n, n, 1, 'requested', at, at
    FROM row;
INSERT INTO volume_mount (organisation_id, instance_id, volume_id)
SELECT organisation_id, numbered(6, n), numbered(40, n) FROM row;
INSERT INTO lease (organisation_id, id, subject_kind, subject_id, project_id, cluster_id, flavour_id, units, attempt,
    pod_uid, pod_gone_at, started_at, ended_at)
SELECT organisation_id, numbered(7, n), 'pod', numbered(6, n), project_id, '$CLUSTER', '$FLAVOUR', 1, 1, 'uid', at, at,
    at + interval '500 seconds' FROM row;
INSERT INTO lease_fact (organisation_id, lease_id, kind, generation, stated_at, seen_at)
SELECT organisation_id, numbered(7, n), 'ready', 0, at, at FROM row;
INSERT INTO usage_interval (organisation_id, id, lease_id, started_at, ended_at, billable, reason, cut_at)
SELECT organisation_id, numbered(8, n), numbered(7, n), at, at + interval '500 seconds', n % 900 >= 300,
    CASE WHEN n % 900 < 300 THEN 'unconfirmed' END, at FROM row;

INSERT INTO billing_period (organisation_id, id, started_at, ended_at, closed_at)
SELECT org(n), numbered(10, n), moment(-1500 - n / 300 * 300), moment(-1500 - (n / 300 - 1) * 300),
    moment(0) FROM generate_series(300, $ROWS / 10 + 299) n;
INSERT INTO billing_period (organisation_id, id, started_at)
SELECT org(n), numbered(10, n), moment(0) FROM generate_series(1, 299) n;
INSERT INTO invoice (organisation_id, id, period_id, status, series, number, language, currency, net, tax, total,
    issued_on, snapshot, snapshot_sha256, drafted_at, finalised_at)
SELECT org(n), numbered(11, n), numbered(10, n), 'finalised', 'TM', 'TM-' || n, 'en', 'MAD', 1, 0, 1, '2026-01-01',
    '{}', '', moment(n), moment(n) FROM generate_series(600, $ROWS / 10 + 299) n;
INSERT INTO credit_note (organisation_id, id, invoice_id, series, number, language, currency, reason, net, tax, total,
    issued_on, snapshot, snapshot_sha256, issued_at)
SELECT org(n), numbered(22, n), numbered(11, n), 'TMC', 'TMC-' || n, 'en', 'MAD', 'filler', 1, 0, 1, '2026-01-01',
    '{}', '', moment(n) FROM generate_series(600, $ROWS / 10 + 299) n;
INSERT INTO credit_note_line (organisation_id, credit_note_id, invoice_id, line, unit_seconds, amount, allowance, net)
SELECT org(n), numbered(22, n), numbered(11, n), 1, 1, 1, 0, 1 FROM generate_series(600, $ROWS / 10 + 299) n;
-- A contested line an invoice; one in twenty-seven waits.
INSERT INTO dispute (organisation_id, id, invoice_id, line, flavour_name, project_name, amount, total, is_whole, reason,
    state, opened_by, opened_at, answer, answered_at)
SELECT org(n), numbered(35, n), numbered(11, n), 1, 'H100', 'Research', 1, 1, true, 'filler',
    CASE WHEN n % 27 = 0 THEN 'open' ELSE 'refused' END, '$PERSON', moment(n),
    CASE WHEN n % 27 > 0 THEN 'filler' END, CASE WHEN n % 27 > 0 THEN moment(n) END
FROM generate_series(600, $ROWS / 10 + 299) n;
-- One settlement of an organisation in ten has no invoice yet.
INSERT INTO settlement (organisation_id, id, settled_from, settled_through, part, rated_to, at, invoice_id)
SELECT organisation_id, numbered(9, n), at, at + interval '1 second', 0, at + interval '1 second', at,
    CASE WHEN n / 300 % 10 > 0 THEN numbered(11, 600 + n / 300 % ($ROWS / 3000 - 1) * 300 + n % 300) END FROM tenth;
INSERT INTO rated_item (organisation_id, id, settlement_id, interval_id, lease_id, price_id, tax_rule_id, started_at,
    ended_at, seconds_before, net, gross)
SELECT organisation_id, numbered(12, n), numbered(9, n % ($ROWS / 10)), numbered(8, n), numbered(7, n), '$PRICE', '$TAX', at,
    at + interval '500 seconds', 0, 100, 120 FROM row;

INSERT INTO journal_entry (id, organisation_id, command_key, kind, memo, booked_at, salt)
SELECT numbered(13, n), organisation_id, 'filler-' || n, 'settlement', '{}', at, '' FROM row;
INSERT INTO account (id, organisation_id, kind, unit, posted, held)
SELECT numbered(14, n), org(n), 'wallet', 'MAD', 0, 0 FROM generate_series(1, 299) n ON CONFLICT DO NOTHING;
INSERT INTO posting (entry_id, line, organisation_id, account_id, amount)
SELECT numbered(13, n), 1, organisation_id,
    (SELECT id FROM account a WHERE a.organisation_id = row.organisation_id AND kind = 'wallet'), 1 FROM row;
-- One entry in a hundred of the others went beyond the wallet, and is owed.
INSERT INTO posting (entry_id, line, organisation_id, account_id, amount)
SELECT numbered(13, n), 2, organisation_id, house_account('receivable', 'MAD'), -1 FROM row
WHERE n % 97 = 1 AND n % 300 > 0;
INSERT INTO lot (id, organisation_id, kind, unit, name, granted, used, effective_at, reason, granted_at)
SELECT numbered(15, n), organisation_id, 'promo', 'MAD', 'Lot', 1000, 1000, at, 'filler', at FROM tenth;
INSERT INTO lot_use (organisation_id, id, lot_id, rated_item_id, entry_id, kind, amount, net, gross, at)
SELECT organisation_id, numbered(16, n), numbered(15, n % ($ROWS / 10)), numbered(12, n), numbered(13, n), 'burn', 1, 1, 1, at
FROM row;
INSERT INTO hold (id, organisation_id, lease_id, state, cover_until, opened_at, closed_at)
SELECT numbered(17, n), organisation_id, numbered(7, n), 'closed', at, at, at FROM row;
INSERT INTO audit (id, organisation_id, principal, user_id, verb, subject, at, salt)
SELECT numbered(18, n), organisation_id, 'worker', '$PERSON', 'instance.launched', 'ins_' || n, at, '' FROM row;
INSERT INTO domain_claim (organisation_id, id, name, provider, role, claimed_by, claimed_at, ended_at)
SELECT organisation_id, numbered(20, n), 'filler.test', 'peer', 'viewer', '$PERSON', at, at FROM tenth;
INSERT INTO staff_proposal (id, user_id, role, reason, proposed_by, proposed_at, expires_at, ended_at)
SELECT numbered(21, n), '$PERSON', 'auditor', 'filler', '$PERSON', at, at, at FROM tenth;
INSERT INTO factor_reset (id, user_id, reason, asked_by, asked_at, expires_at, ended_at)
SELECT numbered(22, n), '$PERSON', 'filler', numbered(4, n), at, at, at FROM tenth;
INSERT INTO outbox (id, topic, key, kind, recipient, payload, created_at, useful_until, attempts, sent_at)
SELECT numbered(19, n), 'mail', 'filler-' || n, 'new-device', 'somebody@filler.test', '{}', at, at, 1, at FROM row;
INSERT INTO seal (seq, table_name, row_id, row_xid, digest, head, sealed_at)
SELECT n + 1, 'audit', numbered(18, n), '1', '', '', at FROM row;

-- Ten lines a statement; a hundred of them wait.
INSERT INTO receiving_account (id, currency, beneficiary, bank, iban, set_at)
SELECT numbered(23, 0), 'MAD', 'Hub', 'Bank', 'MA64011519000001205000534921', moment(0);
INSERT INTO transfer_order (organisation_id, id, account_id, reference, currency, amount, paid, state, asked_at, expires_at)
SELECT organisation_id, numbered(24, n), numbered(23, 0),
    'RF' || lpad((98 - mod((lpad(n::text, 16, '0') || '271500')::numeric, 97))::text, 2, '0') || lpad(n::text, 16, '0'),
    'MAD', 100, 100, 'paid', at, at + interval '30 days' FROM row;
INSERT INTO bank_statement (organisation_id, id, account_id, file_sha256, place, file_name, format, n_lines, n_known,
    imported_at)
SELECT h.id, numbered(25, n), numbered(23, 0), int8send(n), 0, 'filler', 'mt940', 10, 0, at
FROM tenth, organisation h WHERE h.kind = 'hub';
INSERT INTO bank_line (organisation_id, id, statement_id, account_id, identity, place, booked_on, value_on, amount,
    payer_name, payer_account, remittance, state)
SELECT h.id, numbered(26, n), numbered(25, n / 10), numbered(23, 0), 'filler-' || n, 1 + n % 10, '2026-10-01', '2026-10-01',
    100, 'Payer ' || n % 300, 'account ' || n % 300, 'filler', CASE WHEN n < 100 THEN 'unmatched' ELSE 'matched' END
FROM row, organisation h WHERE h.kind = 'hub';
INSERT INTO transfer_receipt (organisation_id, id, bank_line, transfer_id, amount, applied, owed, class, score, reasons,
    entry_id, matched_at)
SELECT organisation_id, numbered(27, n), numbered(26, n), numbered(24, n), 100, 100, 0, 'exact', 90, '[]', numbered(13, n), at
FROM row WHERE n >= 100;

-- Each receipt and note is a document; a hundred of them were tried in vain.
INSERT INTO paper (organisation_id, id, kind, asked_at, trouble, next_at)
SELECT organisation_id, numbered(27, n), 'receipt', at, CASE WHEN n < 200 THEN 'filler' END,
    CASE WHEN n < 200 THEN at END FROM row WHERE n >= 100;
INSERT INTO sign_off (organisation_id, id, kind, subject, body_sha256, amount, currency, state, asked_by, asked_at, ended_at)
SELECT organisation_id, numbered(28, n), 'finalise', numbered(11, n), repeat('0', 64), 100, 'MAD', 'withdrawn', '$PERSON', at,
    at FROM row;
INSERT INTO write_off (organisation_id, id, amount, of_wallet, currency, reason, entry_id, written_off_at)
SELECT organisation_id, numbered(29, n), 1, 0, 'MAD', 'filler', numbered(13, n), at FROM row;
-- A hundred are to be paid.
INSERT INTO refund (organisation_id, id, rail, receipt_id, amount, currency, reason, idempotency_key, reference, goes_to,
    state, entry_id, paid_entry_id, paid_on, asked_at, ended_at)
SELECT organisation_id, numbered(33, n), 'transfer', numbered(27, n), 100, 'MAD', 'filler', 'refund-' || n,
    'RF' || lpad((98 - mod((lpad(n::text, 16, '0') || '271500')::numeric, 97))::text, 2, '0') || lpad(n::text, 16, '0'),
    'account ' || n % 300, CASE WHEN n < 200 THEN 'to_pay' ELSE 'succeeded' END, numbered(13, n),
    CASE WHEN n >= 200 THEN numbered(13, n) END, CASE WHEN n >= 200 THEN '2026-10-01'::date END, at,
    CASE WHEN n >= 200 THEN at END
FROM row WHERE n >= 100;

SET session_replication_role = origin;
ANALYZE;
