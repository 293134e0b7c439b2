//! Automatic top-up: what somebody agreed to, and each time that it began. At most one begins in an hour, by a constraint.

use crate::policies::{Rights, of_organisation};

const UP: &str = "
CREATE TABLE auto_top_up (
    organisation_id uuid PRIMARY KEY REFERENCES organisation,
    state text NOT NULL CHECK (state IN ('on', 'paused', 'off')),
    currency text NOT NULL CHECK (currency IN ('MAD', 'EUR', 'USD')),
    -- It begins once the money is below this, in micro-units.
    below bigint NOT NULL CHECK (below > 0),
    -- Minor units: what one takes, and what all of a month of the hub's calendar may take.
    amount bigint NOT NULL CHECK (amount > 0),
    monthly_limit bigint NOT NULL CHECK (monthly_limit >= amount),
    card_id uuid NOT NULL,
    -- Who agreed to it as it is now, and when.
    consented_by uuid NOT NULL REFERENCES person,
    consented_at timestamptz NOT NULL,
    -- Refusals in a row.
    declines integer NOT NULL DEFAULT 0 CHECK (declines >= 0),
    -- When the money is looked at next.
    look_at timestamptz NOT NULL,
    FOREIGN KEY (organisation_id, card_id) REFERENCES saved_card (organisation_id, id)
);
CREATE INDEX auto_top_up_looks ON auto_top_up (look_at) WHERE state = 'on';

-- Each time that it began. Nobody changes or forgets one, so that neither an hour nor a month is won back.
CREATE TABLE auto_top_up_try (
    organisation_id uuid NOT NULL REFERENCES organisation,
    id uuid PRIMARY KEY,
    card_id uuid NOT NULL,
    payment_id uuid NOT NULL CONSTRAINT payment_is_one_try UNIQUE,
    -- The same amount on a page of the provider, where the bank asked for the person.
    person_payment_id uuid CONSTRAINT page_is_of_one_try UNIQUE,
    started_at timestamptz NOT NULL,
    held_until timestamptz NOT NULL,
    FOREIGN KEY (organisation_id, card_id) REFERENCES saved_card (organisation_id, id),
    FOREIGN KEY (organisation_id, payment_id) REFERENCES payment (organisation_id, id),
    FOREIGN KEY (organisation_id, person_payment_id) REFERENCES payment (organisation_id, id),
    CHECK (held_until - started_at >= interval '1 hour'),
    CONSTRAINT one_top_up_begins_in_an_hour EXCLUDE USING gist
        (organisation_id WITH =, tstzrange(started_at, held_until) WITH &&)
);
CREATE INDEX auto_top_up_try_of_organisation ON auto_top_up_try (organisation_id, started_at);

-- A worker asks for what somebody agreed to before.
GRANT INSERT ON payment TO tamuda_worker;
";

const RIGHTS: &[Rights] = &[
    Rights { table: "auto_top_up", tenant: "SELECT, INSERT, UPDATE", worker: "SELECT, UPDATE" },
    Rights { table: "auto_top_up_try", tenant: "SELECT", worker: "SELECT, INSERT, UPDATE (person_payment_id)" },
];

crate::step!(format!("{UP}{}", of_organisation(RIGHTS)));
