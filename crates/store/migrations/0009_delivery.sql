-- What goes outside: what was begun without an outcome, addresses of people, chats, webhooks, and what
-- letters carry along.

-- A channel that cannot tell repetitions apart says here, and commits, that from now on the other side
-- may have the message; `step` counts what of it certainly went out.
ALTER TABLE outbox ADD COLUMN begun_at BIGINT;
ALTER TABLE outbox ADD COLUMN begun_by TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN step BIGINT NOT NULL DEFAULT 0;

-- How a person is reached outside the program, in whichever of their companies. Without `linked_at` it
-- waits for its holder to confirm it.
CREATE TABLE addresses (
    person TEXT NOT NULL REFERENCES persons (id),
    channel TEXT NOT NULL,
    address TEXT NOT NULL,
    linked_at BIGINT,
    off_at BIGINT,
    why TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (person, channel)
);
CREATE INDEX addresses_by_address ON addresses (channel, address);

-- Group chats of a company; `thread` is the topic that the company was linked in, 0: none.
CREATE TABLE chats (
    company TEXT NOT NULL REFERENCES companies (id),
    id TEXT NOT NULL,
    chat BIGINT NOT NULL,
    thread BIGINT NOT NULL,
    title TEXT NOT NULL,
    linked_by TEXT NOT NULL,
    linked_at BIGINT NOT NULL,
    off_at BIGINT,
    why TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (company, id)
);
CREATE INDEX chats_by_chat ON chats (chat);

-- The secret signs what is sent, so it is kept as it is.
CREATE TABLE webhooks (
    company TEXT NOT NULL REFERENCES companies (id),
    id TEXT NOT NULL,
    address TEXT NOT NULL,
    secret TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    off_at BIGINT,
    why TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (company, id)
);

-- What only one process does at a time, and until when it has it.
CREATE TABLE leases (
    name TEXT NOT NULL PRIMARY KEY,
    holder TEXT NOT NULL,
    until BIGINT NOT NULL
);

-- Ways out that a process has: who writes there, and when it last said so.
CREATE TABLE outlets (
    channel TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    seen_at BIGINT NOT NULL
);

-- How far the bot has read; and the questions by which it waits for a text.
CREATE TABLE bot_read (
    bot TEXT NOT NULL PRIMARY KEY,
    next_update BIGINT NOT NULL
);
CREATE TABLE bot_questions (
    chat BIGINT NOT NULL,
    message BIGINT NOT NULL,
    company TEXT NOT NULL,
    finding TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    PRIMARY KEY (chat, message)
);
