-- What people decide about findings. Append-only where a table has a `number`: it orders what the
-- company's people decided.

CREATE TABLE decisions (
    company TEXT NOT NULL,
    number BIGINT NOT NULL,
    finding TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    at BIGINT NOT NULL,
    author TEXT NOT NULL,
    move TEXT NOT NULL,
    cause TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (company, number),
    FOREIGN KEY (company, finding) REFERENCES findings (company, id)
);
CREATE INDEX decisions_by_finding ON decisions (company, finding, number);

-- An exemption is never deleted; one that ended early says when, by whom and why.
CREATE TABLE exemptions (
    company TEXT NOT NULL REFERENCES companies (id),
    id TEXT NOT NULL,
    rule TEXT NOT NULL,
    deal TEXT NOT NULL,
    employee TEXT NOT NULL,
    stage TEXT NOT NULL,
    reason TEXT NOT NULL,
    author TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    from_at BIGINT NOT NULL,
    until_at BIGINT NOT NULL,
    ended_at BIGINT,
    ended_by TEXT NOT NULL DEFAULT '',
    ended_why TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (company, id)
);

-- What a finding made by hand has besides its row in `findings`.
CREATE TABLE handmade (
    company TEXT NOT NULL,
    finding TEXT NOT NULL,
    target TEXT NOT NULL,
    event TEXT NOT NULL,
    maker TEXT NOT NULL,
    PRIMARY KEY (company, finding),
    FOREIGN KEY (company, finding) REFERENCES findings (company, id)
);

CREATE TABLE handmade_steps (
    company TEXT NOT NULL,
    number BIGINT NOT NULL,
    finding TEXT NOT NULL,
    at BIGINT NOT NULL,
    author TEXT NOT NULL,
    step TEXT NOT NULL,
    text TEXT NOT NULL,
    recommendation TEXT NOT NULL,
    PRIMARY KEY (company, number),
    FOREIGN KEY (company, finding) REFERENCES handmade (company, finding)
);
CREATE INDEX handmade_steps_by_finding ON handmade_steps (company, finding, number);

CREATE TABLE rulings (
    company TEXT NOT NULL REFERENCES companies (id),
    number BIGINT NOT NULL,
    rule TEXT NOT NULL,
    at BIGINT NOT NULL,
    author TEXT NOT NULL,
    ruling TEXT NOT NULL,
    upheld BIGINT NOT NULL,
    partly BIGINT NOT NULL,
    dismissed BIGINT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (company, number)
);
CREATE INDEX rulings_by_rule ON rulings (company, rule, number);

-- The check of a lost deal: one for each loss. `addressee` is the employee who leads; empty: the
-- head.
CREATE TABLE checks (
    company TEXT NOT NULL REFERENCES companies (id),
    id TEXT NOT NULL,
    deal TEXT NOT NULL,
    lost_at BIGINT NOT NULL,
    stage TEXT NOT NULL,
    responsible TEXT NOT NULL,
    addressee TEXT NOT NULL,
    facts TEXT NOT NULL,
    opened_at BIGINT NOT NULL,
    status TEXT NOT NULL,
    closed_at BIGINT,
    closed_by TEXT NOT NULL DEFAULT '',
    answers TEXT NOT NULL DEFAULT '',
    comment TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (company, id),
    UNIQUE (company, deal, lost_at)
);
CREATE INDEX checks_by_status ON checks (company, status, lost_at, id);
