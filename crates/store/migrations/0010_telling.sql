-- Who was told what, and how soon.

-- Findings to be told at once. A row without a person is to be planned: whom it concerns is not
-- settled yet. `message` is the key under which it went out; empty: nothing was to be said any more.
CREATE TABLE tellings (
    company TEXT NOT NULL REFERENCES companies (id),
    finding TEXT NOT NULL,
    person TEXT NOT NULL,
    instead_of TEXT NOT NULL,
    put_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    settled_at BIGINT,
    message TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (company, finding, person)
);
CREATE INDEX tellings_waiting ON tellings (company, due_at) WHERE settled_at IS NULL;
CREATE INDEX tellings_told ON tellings (company, person, settled_at) WHERE settled_at IS NOT NULL;

-- Daily notes exactly as they were sent: one a person a day. `subject` is empty where there was
-- nothing to say and nothing was sent.
CREATE TABLE notes (
    company TEXT NOT NULL REFERENCES companies (id),
    id TEXT NOT NULL,
    person TEXT NOT NULL,
    day TEXT NOT NULL,
    reader TEXT NOT NULL,
    figures TEXT NOT NULL,
    language TEXT NOT NULL,
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    html TEXT NOT NULL,
    sent_at BIGINT NOT NULL,
    read_at BIGINT,
    PRIMARY KEY (company, id),
    UNIQUE (company, person, day)
);
CREATE INDEX notes_by_person ON notes (company, person, sent_at, id);

-- When nobody was to be told anything: one person, or the whole company where `person` is empty.
CREATE TABLE pauses (
    company TEXT NOT NULL REFERENCES companies (id),
    id TEXT NOT NULL,
    person TEXT NOT NULL,
    from_at BIGINT NOT NULL,
    until_at BIGINT NOT NULL,
    reason TEXT NOT NULL,
    author TEXT NOT NULL,
    ended_at BIGINT,
    ended_by TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (company, id)
);

-- How somebody wants to be told, as JSON.
CREATE TABLE telling_choices (
    company TEXT NOT NULL REFERENCES companies (id),
    person TEXT NOT NULL REFERENCES persons (id),
    value TEXT NOT NULL,
    PRIMARY KEY (company, person)
);
