//! Money that goes back the way it came: what was asked for, to which card or account, and what has become of it.

use crate::policies::{Rights, of_organisation};

const UP: &str = "
-- Refunds that are booked and that the hub's bank has not paid yet; whatever kinds of accounts there are beside them.
-- And what can disagree about refunds between a provider and us.
DO $$
DECLARE
    said text;
BEGIN
    SELECT regexp_replace(pg_get_constraintdef(oid), '^CHECK ', '') INTO STRICT said FROM pg_constraint
    WHERE conrelid = 'account'::regclass AND conname = 'account_kind_check';
    ALTER TABLE account DROP CONSTRAINT account_kind_check;
    EXECUTE format('ALTER TABLE account ADD CONSTRAINT account_kind_check CHECK (kind = ''refunds'' OR %s)', said);
    SELECT regexp_replace(pg_get_constraintdef(oid), '^CHECK ', '') INTO STRICT said FROM pg_constraint
    WHERE conrelid = 'payment_finding'::regclass AND conname = 'payment_finding_kind_check';
    ALTER TABLE payment_finding DROP CONSTRAINT payment_finding_kind_check;
    EXECUTE format('ALTER TABLE payment_finding ADD CONSTRAINT payment_finding_kind_check
        CHECK (kind IN (''refund_differs'', ''unknown_refund'') OR %s)', said);
END $$;

-- What of a transfer went back, in minor units. One of which something went back stays whose it is.
ALTER TABLE transfer_receipt ADD COLUMN refunded bigint NOT NULL DEFAULT 0;
ALTER TABLE transfer_receipt ADD CONSTRAINT receipt_refunds_what_came CHECK (refunded BETWEEN 0 AND amount);
ALTER TABLE transfer_receipt ADD CONSTRAINT refunded_receipt_stays CHECK (undone_at IS NULL OR refunded = 0);

CREATE TABLE refund (
    organisation_id uuid NOT NULL REFERENCES organisation,
    id uuid PRIMARY KEY,
    rail text NOT NULL CHECK (rail IN ('card', 'transfer')),
    -- What came, and goes back whole or in part.
    payment_id uuid,
    receipt_id uuid,
    -- Minor units.
    amount bigint NOT NULL CHECK (amount > 0),
    currency text NOT NULL CHECK (currency IN ('MAD', 'EUR', 'USD')),
    reason text NOT NULL,
    -- Stored before the provider is called, and sent with every call for this refund.
    idempotency_key text NOT NULL CONSTRAINT refund_key_is_used_once UNIQUE,
    -- What the provider calls it.
    provider_ref text CONSTRAINT refund_has_its_own_name UNIQUE,
    -- What the hub's bank is told to write; the line of the statement that paid it says it too.
    reference text CONSTRAINT refund_reference_is_its_own UNIQUE,
    -- The last four digits of the card, once the provider has said them; or the account as the statement had it.
    goes_to text, payee_name text,
    -- wanted, sent, waits: at the provider. to_pay: on the desk of finance.
    state text NOT NULL CHECK (state IN ('wanted', 'sent', 'waits', 'to_pay', 'succeeded', 'failed')),
    -- The provider's word for why it failed, or what a person said who called it off.
    failure text,
    -- Out of the wallet; back into it where it failed; out of the bank where that paid it.
    entry_id uuid NOT NULL CONSTRAINT refund_has_its_own_entry UNIQUE,
    undo_entry_id uuid CONSTRAINT refund_is_undone_once UNIQUE,
    paid_entry_id uuid CONSTRAINT refund_is_paid_once UNIQUE,
    paid_on date,
    -- A row of the hub's own, which no reference can name together with the organisation.
    bank_line uuid CONSTRAINT bank_line_pays_one_refund UNIQUE,
    asked_by uuid REFERENCES person,
    asked_at timestamptz NOT NULL,
    ended_at timestamptz,
    -- When the provider was first told.
    told_at timestamptz,
    -- How often the provider was asked, and when it is next; nothing once nobody has to.
    attempts integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    next_at timestamptz,
    CONSTRAINT refund_is_of_organisation UNIQUE (organisation_id, id),
    FOREIGN KEY (organisation_id, payment_id) REFERENCES payment (organisation_id, id),
    FOREIGN KEY (organisation_id, receipt_id) REFERENCES transfer_receipt (organisation_id, id),
    FOREIGN KEY (organisation_id, entry_id) REFERENCES journal_entry (organisation_id, id),
    FOREIGN KEY (organisation_id, undo_entry_id) REFERENCES journal_entry (organisation_id, id),
    FOREIGN KEY (organisation_id, paid_entry_id) REFERENCES journal_entry (organisation_id, id),
    CHECK ((rail = 'card') = (payment_id IS NOT NULL) AND (rail = 'transfer') = (receipt_id IS NOT NULL)),
    CHECK ((rail = 'transfer') = (reference IS NOT NULL)),
    CHECK (rail = 'card' OR (state IN ('to_pay', 'succeeded', 'failed') AND provider_ref IS NULL)),
    CHECK (rail = 'transfer' OR (state <> 'to_pay' AND paid_entry_id IS NULL AND bank_line IS NULL)),
    CHECK ((state = 'failed') = (undo_entry_id IS NOT NULL)),
    CHECK ((rail = 'transfer' AND state = 'succeeded') = (paid_entry_id IS NOT NULL)),
    CHECK ((paid_entry_id IS NULL) = (paid_on IS NULL)),
    CHECK ((ended_at IS NOT NULL) = (state IN ('succeeded', 'failed')))
);
CREATE INDEX refund_waits ON refund (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX refund_is_to_be_paid ON refund (asked_at DESC, id DESC) WHERE state = 'to_pay';
CREATE INDEX refund_newest_first ON refund (organisation_id, asked_at DESC, id DESC);
CREATE INDEX refund_of_all_newest_first ON refund (asked_at DESC, id DESC);
CREATE INDEX payment_newest_first ON payment (organisation_id, ended_at DESC) WHERE state = 'succeeded';
CREATE INDEX receipt_newest_first ON transfer_receipt (organisation_id, matched_at DESC) WHERE undone_at IS NULL;
CREATE INDEX refund_of_payment ON refund (organisation_id, payment_id);
CREATE INDEX refund_of_receipt ON refund (organisation_id, receipt_id);
CREATE INDEX refund_was_told ON refund (told_at) WHERE told_at IS NOT NULL;

CREATE FUNCTION refund_rank(state text) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE state WHEN 'wanted' THEN 0 WHEN 'sent' THEN 1 WHEN 'waits' THEN 2 WHEN 'to_pay' THEN 2
        WHEN 'succeeded' THEN 3 ELSE 4 END
$$;

-- A refund only goes forward; one that seemed well can still fail, and then its money is back for good. Nobody changes
-- what was asked for.
CREATE FUNCTION refund_goes_forward() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.state <> OLD.state AND refund_rank(NEW.state) <= refund_rank(OLD.state) THEN
        RAISE EXCEPTION 'a refund does not go from % to %', OLD.state, NEW.state
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'refund_goes_forward';
    END IF;
    IF (NEW.organisation_id, NEW.id, NEW.rail, NEW.payment_id, NEW.receipt_id, NEW.amount, NEW.currency, NEW.reason,
            NEW.idempotency_key, NEW.reference, NEW.payee_name, NEW.entry_id)
        IS DISTINCT FROM
        (OLD.organisation_id, OLD.id, OLD.rail, OLD.payment_id, OLD.receipt_id, OLD.amount, OLD.currency, OLD.reason,
            OLD.idempotency_key, OLD.reference, OLD.payee_name, OLD.entry_id)
        OR NEW.provider_ref IS DISTINCT FROM coalesce(OLD.provider_ref, NEW.provider_ref)
        OR NEW.goes_to IS DISTINCT FROM coalesce(OLD.goes_to, NEW.goes_to)
        OR NEW.undo_entry_id IS DISTINCT FROM coalesce(OLD.undo_entry_id, NEW.undo_entry_id)
        OR NEW.paid_entry_id IS DISTINCT FROM coalesce(OLD.paid_entry_id, NEW.paid_entry_id)
        OR NEW.bank_line IS DISTINCT FROM coalesce(OLD.bank_line, NEW.bank_line) THEN
        RAISE EXCEPTION 'what a refund is of and is called never changes'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'refund_keeps_what_was_asked';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER refund_goes_forward BEFORE UPDATE ON refund FOR EACH ROW EXECUTE FUNCTION refund_goes_forward();

-- All refunds of what came that have not failed are never more than what came, whoever writes them.
CREATE FUNCTION refund_counts() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    counts bigint := CASE WHEN NEW.state = 'failed' THEN 0 ELSE NEW.amount END;
    counted bigint := 0;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        counted := CASE WHEN OLD.state = 'failed' THEN 0 ELSE OLD.amount END;
    END IF;
    IF counts = counted THEN
        RETURN NULL;
    END IF;
    IF NEW.payment_id IS NOT NULL THEN
        UPDATE payment SET refunded = refunded + counts - counted
        WHERE organisation_id = NEW.organisation_id AND id = NEW.payment_id AND currency = NEW.currency
        AND refunded + counts - counted <= captured;
    ELSE
        UPDATE transfer_receipt SET refunded = refunded + counts - counted
        WHERE organisation_id = NEW.organisation_id AND id = NEW.receipt_id AND undone_at IS NULL
        AND refunded + counts - counted <= amount;
    END IF;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'more would go back than came'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'refund_stays_within_what_came';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER refund_counts AFTER INSERT OR UPDATE ON refund FOR EACH ROW EXECUTE FUNCTION refund_counts();

-- Who paid a line that the transaction's organisation has, as the hub's bank said it.
CREATE FUNCTION payer_of_bank_line(wanted uuid) RETURNS TABLE (name text, account text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT l.payer_name, l.payer_account FROM bank_line l
    WHERE l.id = wanted AND EXISTS (
        SELECT 1 FROM transfer_receipt r WHERE r.bank_line = l.id AND r.undone_at IS NULL
        AND r.organisation_id = current_organisation())
$$;
REVOKE EXECUTE ON FUNCTION payer_of_bank_line FROM PUBLIC;
GRANT EXECUTE ON FUNCTION payer_of_bank_line TO tamuda_tenant;
";

const RIGHTS: &[Rights] = &[Rights {
    table: "refund",
    tenant: "SELECT, INSERT, UPDATE (state, failure, undo_entry_id, paid_entry_id, paid_on, bank_line, ended_at)",
    worker: "SELECT, UPDATE",
}];

crate::step!(format!("{UP}{}", of_organisation(RIGHTS)));
