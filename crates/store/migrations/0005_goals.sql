-- What people are to reach. A goal is never deleted; one that another took the place of, or that was
-- let go of, says when and by whom. `at_most` is in hundredths of the rate for the measure `light`,
-- and a number of findings a month for the measure `rule`.
CREATE TABLE goals (
    company TEXT NOT NULL REFERENCES companies (id),
    id TEXT NOT NULL,
    employee TEXT NOT NULL,
    measure TEXT NOT NULL,
    rule TEXT NOT NULL,
    at_most BIGINT NOT NULL,
    text TEXT NOT NULL,
    author TEXT NOT NULL,
    set_at BIGINT NOT NULL,
    ended_at BIGINT,
    ended_by TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (company, id)
);
CREATE UNIQUE INDEX goals_in_force ON goals (company, employee, measure, rule) WHERE ended_at IS NULL;

-- The decision that a decision takes back; of others none. Neither of the two holds from then on.
ALTER TABLE decisions ADD COLUMN takes_back BIGINT;
CREATE INDEX decisions_taken_back ON decisions (company, takes_back) WHERE takes_back IS NOT NULL;
