-- Which ids are one person: what was said, in the order in which it was said; nothing is deleted.
CREATE TABLE links (
    entry BIGINT NOT NULL PRIMARY KEY,
    -- What one command said is one step.
    step BIGINT NOT NULL,
    at BIGINT NOT NULL,
    customer_id TEXT COLLATE "C" NOT NULL,
    -- Null: the customer leaves its person.
    main_id TEXT COLLATE "C",
    why TEXT NOT NULL,
    -- The imports whose contacts it was found by; null where people said so.
    import BIGINT,
    main_import BIGINT,
    undone_at BIGINT
);
