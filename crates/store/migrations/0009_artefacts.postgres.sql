
-- Files that were made once and are shown or sent as they were.
CREATE TABLE artefacts (
    company TEXT NOT NULL REFERENCES companies (id),
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    bytes BYTEA NOT NULL,
    made_at BIGINT NOT NULL,
    PRIMARY KEY (company, id)
);
CREATE INDEX artefacts_by_age ON artefacts (made_at);
