-- What events say that is personal: texts of conversations, numbers, names and addresses of people
-- inside companies. Every value every import brought; the newest import's is the current one. No
-- foreign key, as in `contacts`.
CREATE TABLE personal (
    kind TEXT NOT NULL,
    source TEXT NOT NULL,
    event_id TEXT NOT NULL,
    field TEXT NOT NULL,
    import BIGINT NOT NULL,
    customer_id TEXT,
    -- The event's day, days since 1970.
    day BIGINT,
    value TEXT NOT NULL,
    PRIMARY KEY (kind, source, event_id, field, import)
);

-- Topics of conversations set by hand: they stand in place of those that words tell.
CREATE TABLE conversation_topics (
    source TEXT NOT NULL,
    event_id TEXT NOT NULL,
    topic TEXT NOT NULL,
    -- The place of the topic among those of the conversation, from 0.
    place BIGINT NOT NULL,
    set_at BIGINT NOT NULL,
    PRIMARY KEY (source, event_id, topic)
);

-- The group that people have put an attribute in, against what its name tells.
CREATE TABLE attribute_groups (
    attribute TEXT NOT NULL PRIMARY KEY,
    grouping_name TEXT NOT NULL
);
