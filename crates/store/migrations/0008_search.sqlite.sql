-- The words of texts of events, by which they are found. Only the words are kept: the texts stand in
-- the events. Both engines part and fold words alike (see events/search.rs).
CREATE VIRTUAL TABLE event_words USING fts5 (
    text,
    company UNINDEXED,
    received UNINDEXED,
    content = '',
    contentless_unindexed = 1,
    detail = none,
    tokenize = 'unicode61 remove_diacritics 0'
);

CREATE TRIGGER event_words_of_events AFTER INSERT ON events WHEN NEW.text <> ''
BEGIN
    INSERT INTO event_words (text, company, received)
    VALUES (
        replace(replace(substr(NEW.text, 1, 100000), 'ё', 'е'), 'Ё', 'Е'),
        NEW.company,
        NEW.received
    );
END;

INSERT INTO event_words (text, company, received)
SELECT replace(replace(substr(text, 1, 100000), 'ё', 'е'), 'Ё', 'Е'), company, received
FROM events
WHERE text <> ''
ORDER BY received;
