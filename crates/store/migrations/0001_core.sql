-- One text for SQLite and PostgreSQL: only BIGINT, DOUBLE PRECISION and TEXT; flags are 0 or 1,
-- instants Unix milliseconds, money hundredths. An id that is absent is ''.

-- `sequence` counts the events received: the clock of "what did we know when".
CREATE TABLE companies (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    timezone TEXT NOT NULL,
    currency TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    sequence BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE events (
    company TEXT NOT NULL REFERENCES companies (id),
    received BIGINT NOT NULL,
    key TEXT NOT NULL,
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    deal TEXT NOT NULL,
    actor TEXT NOT NULL,
    stage TEXT NOT NULL,
    employee TEXT NOT NULL,
    task TEXT NOT NULL,
    due BIGINT,
    text TEXT NOT NULL,
    field TEXT NOT NULL,
    amount DOUBLE PRECISION,
    client TEXT NOT NULL,
    channel TEXT NOT NULL,
    seq BIGINT,
    received_at BIGINT NOT NULL,
    PRIMARY KEY (company, received),
    UNIQUE (company, key)
);
CREATE INDEX events_by_deal ON events (company, deal);

-- The reference tables of a history, column by column as its files carry them.
CREATE TABLE groups (
    company TEXT NOT NULL REFERENCES companies (id),
    ordinal BIGINT NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    lead TEXT NOT NULL,
    PRIMARY KEY (company, id)
);

CREATE TABLE employees (
    company TEXT NOT NULL REFERENCES companies (id),
    ordinal BIGINT NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    "group" TEXT NOT NULL,
    role TEXT NOT NULL,
    active BIGINT NOT NULL,
    shift TEXT NOT NULL,
    hired TEXT NOT NULL,
    "left" TEXT NOT NULL,
    PRIMARY KEY (company, id)
);

CREATE TABLE memberships (
    company TEXT NOT NULL REFERENCES companies (id),
    ordinal BIGINT NOT NULL,
    employee TEXT NOT NULL,
    "group" TEXT NOT NULL,
    role TEXT NOT NULL,
    shift TEXT NOT NULL,
    "from" TEXT NOT NULL,
    "to" TEXT NOT NULL,
    PRIMARY KEY (company, ordinal)
);

CREATE TABLE absences (
    company TEXT NOT NULL REFERENCES companies (id),
    ordinal BIGINT NOT NULL,
    employee TEXT NOT NULL,
    "from" TEXT NOT NULL,
    "to" TEXT NOT NULL,
    kind TEXT NOT NULL,
    PRIMARY KEY (company, ordinal)
);

CREATE TABLE stages (
    company TEXT NOT NULL REFERENCES companies (id),
    ordinal BIGINT NOT NULL,
    pipeline TEXT NOT NULL,
    pipeline_name TEXT NOT NULL,
    stage TEXT NOT NULL,
    stage_name TEXT NOT NULL,
    sort BIGINT NOT NULL,
    kind TEXT NOT NULL,
    PRIMARY KEY (company, stage)
);

CREATE TABLE clients (
    company TEXT NOT NULL REFERENCES companies (id),
    ordinal BIGINT NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    large BIGINT NOT NULL,
    birthday TEXT NOT NULL,
    PRIMARY KEY (company, id)
);

CREATE TABLE contacts (
    company TEXT NOT NULL REFERENCES companies (id),
    ordinal BIGINT NOT NULL,
    id TEXT NOT NULL,
    client TEXT NOT NULL,
    name TEXT NOT NULL,
    phone TEXT NOT NULL,
    email TEXT NOT NULL,
    PRIMARY KEY (company, id)
);

CREATE TABLE team (
    company TEXT NOT NULL REFERENCES companies (id),
    ordinal BIGINT NOT NULL,
    client TEXT NOT NULL,
    service TEXT NOT NULL,
    employee TEXT NOT NULL,
    role TEXT NOT NULL,
    "from" TEXT NOT NULL,
    "to" TEXT NOT NULL,
    PRIMARY KEY (company, ordinal)
);

-- Append-only: of each effective date the row of the highest number is in force.
CREATE TABLE regulations (
    company TEXT NOT NULL REFERENCES companies (id),
    number BIGINT NOT NULL,
    effective TEXT NOT NULL,
    file TEXT NOT NULL,
    text TEXT NOT NULL,
    withdrawn BIGINT NOT NULL,
    author TEXT NOT NULL,
    added_at BIGINT NOT NULL,
    sequence BIGINT NOT NULL,
    PRIMARY KEY (company, number)
);

CREATE TABLE findings (
    company TEXT NOT NULL REFERENCES companies (id),
    id TEXT NOT NULL,
    rule TEXT NOT NULL,
    scope TEXT NOT NULL,
    scope_key TEXT NOT NULL,
    subject TEXT NOT NULL,
    start BIGINT NOT NULL,
    ordinal BIGINT NOT NULL,
    regulation TEXT NOT NULL,
    severity TEXT NOT NULL,
    deal TEXT NOT NULL,
    employee TEXT NOT NULL,
    stage TEXT NOT NULL,
    at BIGINT NOT NULL,
    until BIGINT,
    amount BIGINT,
    count BIGINT NOT NULL,
    standing BIGINT NOT NULL,
    raised_seq BIGINT NOT NULL,
    changed_seq BIGINT NOT NULL,
    raised_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (company, id),
    UNIQUE (company, rule, scope, scope_key, subject, start, ordinal)
);
CREATE INDEX findings_by_at ON findings (company, at, id);
CREATE INDEX findings_by_employee ON findings (company, employee, at, id);
CREATE INDEX findings_by_deal ON findings (company, deal, at, id);
CREATE INDEX findings_by_rule ON findings (company, rule, at, id);

-- Append-only: every state that a finding has had.
CREATE TABLE finding_states (
    company TEXT NOT NULL,
    finding TEXT NOT NULL,
    number BIGINT NOT NULL,
    sequence BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    change TEXT NOT NULL,
    state TEXT NOT NULL,
    PRIMARY KEY (company, finding, number),
    FOREIGN KEY (company, finding) REFERENCES findings (company, id)
);

CREATE TABLE settings (
    company TEXT NOT NULL REFERENCES companies (id),
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (company, key)
);

-- Append-only: who did what.
CREATE TABLE journal (
    company TEXT NOT NULL REFERENCES companies (id),
    id TEXT NOT NULL,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    object TEXT NOT NULL,
    details TEXT NOT NULL,
    PRIMARY KEY (company, id)
);
CREATE INDEX journal_by_at ON journal (company, at, id);
CREATE INDEX journal_by_object ON journal (company, object, at, id);

CREATE TABLE idempotency (
    company TEXT NOT NULL REFERENCES companies (id),
    key TEXT NOT NULL,
    request_hash TEXT NOT NULL,
    response TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    PRIMARY KEY (company, key)
);
CREATE INDEX idempotency_by_age ON idempotency (made_at);

CREATE TABLE outbox (
    company TEXT NOT NULL REFERENCES companies (id),
    id TEXT NOT NULL,
    key TEXT NOT NULL,
    channel TEXT NOT NULL,
    recipient TEXT NOT NULL,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    put_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    claimed_by TEXT NOT NULL DEFAULT '',
    claimed_until BIGINT NOT NULL DEFAULT 0,
    done_at BIGINT,
    failed_at BIGINT,
    error TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (company, id),
    UNIQUE (company, key)
);
CREATE INDEX outbox_waiting ON outbox (due_at, id) WHERE done_at IS NULL AND failed_at IS NULL;
CREATE INDEX outbox_done ON outbox (done_at) WHERE done_at IS NOT NULL;
CREATE INDEX outbox_failed ON outbox (company, failed_at) WHERE failed_at IS NOT NULL;

CREATE TABLE notices (
    company TEXT NOT NULL REFERENCES companies (id),
    id TEXT NOT NULL,
    person TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    outbox TEXT NOT NULL,
    read_at BIGINT,
    PRIMARY KEY (company, id),
    UNIQUE (company, outbox)
);
CREATE INDEX notices_by_person ON notices (company, person, made_at, id);
