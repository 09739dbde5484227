-- What people noted of competitors: whom their advertising addresses, where and when it was seen. Typed,
-- not worked out from facts.
CREATE TABLE competitor_notes (
    note BIGINT NOT NULL PRIMARY KEY,
    competitor TEXT COLLATE "C" NOT NULL,
    -- Whom it addresses; none: the note says something else.
    attribute TEXT COLLATE "C",
    value TEXT COLLATE "C",
    -- Source or channel in which it was seen.
    seen_in TEXT COLLATE "C",
    -- Day on which it was seen, days since 1970.
    seen_on BIGINT,
    text TEXT COLLATE "C",
    noted_at BIGINT NOT NULL
);
