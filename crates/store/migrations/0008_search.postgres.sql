-- The words of texts of events, by which they are found. Both engines part and fold words alike
-- (see events/search.rs): PostgreSQL by itself would take an address of the web for one word.
CREATE FUNCTION event_words (text TEXT) RETURNS TSVECTOR
LANGUAGE SQL IMMUTABLE PARALLEL SAFE RETURNS NULL ON NULL INPUT
AS $$
SELECT to_tsvector(
    'pg_catalog.simple'::regconfig,
    translate(
        lower(left(text, 100000)),
        'ё.,:;!?@/\|-_()[]{}<>«»"''`~#$%^&*+=№„“”…—–',
        'е                                              '
    )
)
$$;

CREATE INDEX events_by_words ON events USING gin (event_words(text)) WHERE text <> '';
