-- Who comes in: people, the companies they are admitted to, and what they come in with.
-- Of whatever opens a door (session, token, link) only a digest is kept.

CREATE TABLE persons (
    id TEXT NOT NULL PRIMARY KEY,
    login TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    password TEXT NOT NULL,
    language TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE admissions (
    company TEXT NOT NULL REFERENCES companies (id),
    person TEXT NOT NULL REFERENCES persons (id),
    access TEXT NOT NULL,
    employee TEXT NOT NULL,
    disabled BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    accepted_at BIGINT,
    PRIMARY KEY (company, person)
);
CREATE INDEX admissions_by_person ON admissions (person);

CREATE TABLE sessions (
    digest TEXT NOT NULL PRIMARY KEY,
    person TEXT NOT NULL REFERENCES persons (id),
    company TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL
);
CREATE INDEX sessions_by_person ON sessions (person);

CREATE TABLE tokens (
    company TEXT NOT NULL REFERENCES companies (id),
    id TEXT NOT NULL,
    person TEXT NOT NULL REFERENCES persons (id),
    name TEXT NOT NULL,
    digest TEXT NOT NULL UNIQUE,
    scopes TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    used_at BIGINT,
    revoked_at BIGINT,
    PRIMARY KEY (company, id)
);

CREATE TABLE links (
    digest TEXT NOT NULL PRIMARY KEY,
    purpose TEXT NOT NULL,
    person TEXT NOT NULL,
    company TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
