-- What whoever holds the store was asked to import, by another process. `beats` grows while somebody
-- sees to it; `answer` stands from `ended_at` on.
CREATE TABLE imports (
    company TEXT NOT NULL REFERENCES companies (id),
    id TEXT NOT NULL,
    request TEXT NOT NULL,
    put_at BIGINT NOT NULL,
    begun BIGINT NOT NULL DEFAULT 0,
    beats BIGINT NOT NULL DEFAULT 0,
    done BIGINT NOT NULL DEFAULT 0,
    whole BIGINT NOT NULL DEFAULT 0,
    answer TEXT NOT NULL DEFAULT '',
    ended_at BIGINT,
    PRIMARY KEY (company, id)
);
CREATE INDEX imports_waiting ON imports (id) WHERE ended_at IS NULL;
CREATE INDEX imports_ended ON imports (ended_at) WHERE ended_at IS NOT NULL;
