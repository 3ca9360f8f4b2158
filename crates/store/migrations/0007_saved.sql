-- Addresses of lists with their filters that somebody has saved under a name.
CREATE TABLE saved (
    company TEXT NOT NULL REFERENCES companies (id),
    id TEXT NOT NULL,
    person TEXT NOT NULL REFERENCES persons (id),
    name TEXT NOT NULL,
    -- The page, such as /findings, and what follows the question mark.
    page TEXT NOT NULL,
    query TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (company, id),
    UNIQUE (company, person, page, name)
);
