-- What quality control looks at, case by case: taken, then finished with what came of it. A person has
-- one case in hand at a time, and what somebody has in hand nobody else takes.
CREATE TABLE reviews (
    company TEXT NOT NULL REFERENCES companies (id),
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    employee TEXT NOT NULL,
    reviewer TEXT NOT NULL,
    chosen TEXT NOT NULL,
    started_at BIGINT NOT NULL,
    ended_at BIGINT,
    outcome TEXT NOT NULL DEFAULT '',
    found BIGINT NOT NULL DEFAULT 0,
    spent_ms BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (company, id)
);
CREATE UNIQUE INDEX reviews_in_hand ON reviews (company, reviewer) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX reviews_of_subject ON reviews (company, kind, subject) WHERE ended_at IS NULL;
CREATE INDEX reviews_by_start ON reviews (company, started_at, id);
