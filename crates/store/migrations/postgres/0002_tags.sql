-- Tags set by hand, one row per customer and tag: the last word on it.
CREATE TABLE tags (
    customer_id TEXT COLLATE "C" NOT NULL,
    tag TEXT COLLATE "C" NOT NULL,
    -- 1: the customer has it; 0: the customer has it not, whatever facts say.
    holds BIGINT NOT NULL,
    -- Last day on which the word counts, days since 1970; null: until it is taken back.
    until_day BIGINT,
    set_at BIGINT NOT NULL,
    PRIMARY KEY (customer_id, tag)
);
