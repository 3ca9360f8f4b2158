-- What a group chat is about and what it gets; what of the reports could not be done; files that are gone.

-- `about` is a group of the company, empty: the whole of it. What a chat gets is 0 or 1 each.
ALTER TABLE chats ADD COLUMN about TEXT NOT NULL DEFAULT '';
ALTER TABLE chats ADD COLUMN reports BIGINT NOT NULL DEFAULT 1;
ALTER TABLE chats ADD COLUMN daily BIGINT NOT NULL DEFAULT 0;
ALTER TABLE chats ADD COLUMN at_once BIGINT NOT NULL DEFAULT 0;
ALTER TABLE chats ADD COLUMN language TEXT NOT NULL DEFAULT 'ru';

-- What the schedule of reports tried and could not do: to `make` those of a period (`week:2026-03-02`),
-- or to `send` a report (its id). It goes once it is done.
CREATE TABLE report_troubles (
    company TEXT NOT NULL REFERENCES companies (id),
    deed TEXT NOT NULL,
    subject TEXT NOT NULL,
    tries BIGINT NOT NULL,
    why TEXT NOT NULL,
    failed_at BIGINT NOT NULL,
    next_at BIGINT NOT NULL,
    PRIMARY KEY (company, deed, subject)
);

-- When the files of a report were taken out; none: they are kept.
ALTER TABLE reports ADD COLUMN files_gone_at BIGINT;
CREATE INDEX report_files_kept ON report_files (company, artefact);
