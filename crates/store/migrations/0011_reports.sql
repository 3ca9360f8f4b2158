-- Reports of weeks and months: as they were generated, the words that a specialist changed, and when
-- they went out. `document` never changes; once `sent_at` stands, neither does anything else.
CREATE TABLE reports (
    company TEXT NOT NULL REFERENCES companies (id),
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    scope TEXT NOT NULL,
    subject TEXT NOT NULL,
    from_day TEXT NOT NULL,
    to_day TEXT NOT NULL,
    language TEXT NOT NULL,
    title TEXT NOT NULL,
    document TEXT NOT NULL,
    texts TEXT NOT NULL DEFAULT '{}',
    made_at BIGINT NOT NULL,
    made_by TEXT NOT NULL,
    edited_at BIGINT,
    edited_by TEXT NOT NULL DEFAULT '',
    sent_at BIGINT,
    sent_by TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (company, id)
);
CREATE UNIQUE INDEX reports_drafts ON reports (company, kind, scope, subject, from_day, language)
    WHERE sent_at IS NULL;
CREATE INDEX reports_latest ON reports (company, to_day, id);

-- The files of a report as they were sent.
CREATE TABLE report_files (
    company TEXT NOT NULL,
    report TEXT NOT NULL,
    form TEXT NOT NULL,
    artefact TEXT NOT NULL,
    PRIMARY KEY (company, report, form),
    FOREIGN KEY (company, report) REFERENCES reports (company, id)
);
