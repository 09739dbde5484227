-- One row: what the base keeps from its first day, and the version of its manifest.
CREATE TABLE base (
    id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    zone TEXT COLLATE "C",
    digest_key TEXT COLLATE "C",
    currency TEXT COLLATE "C",
    -- The import that settled the currency; null where people did.
    currency_import BIGINT,
    version BIGINT NOT NULL
);
INSERT INTO base (id, version) VALUES (1, 0);

-- The ledger.
CREATE TABLE imports (
    import BIGINT NOT NULL PRIMARY KEY,
    key TEXT COLLATE "C" NOT NULL UNIQUE,
    committed_at BIGINT NOT NULL,
    undone_at BIGINT,
    -- 1 once its own files were compacted and forgotten: it can no longer be undone.
    sealed BIGINT NOT NULL DEFAULT 0,
    kind TEXT COLLATE "C" NOT NULL,
    source TEXT COLLATE "C" NOT NULL,
    inputs TEXT COLLATE "C" NOT NULL,
    counts TEXT COLLATE "C" NOT NULL,
    detected TEXT COLLATE "C" NOT NULL
);

CREATE TABLE compactions (
    compaction BIGINT NOT NULL PRIMARY KEY,
    compacted_at BIGINT NOT NULL,
    -- When an undo took it apart again.
    undone_at BIGINT
);

-- The manifest. A file is listed while `superseded_by` is null.
CREATE TABLE files (
    path TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    import BIGINT NOT NULL REFERENCES imports (import),
    -- The compaction that wrote it; null where an import did.
    made_by BIGINT REFERENCES compactions (compaction),
    superseded_by BIGINT REFERENCES compactions (compaction),
    kind TEXT COLLATE "C" NOT NULL,
    rows BIGINT NOT NULL,
    bytes BIGINT NOT NULL,
    sha256 TEXT COLLATE "C" NOT NULL,
    first_day BIGINT,
    last_day BIGINT,
    currencies TEXT COLLATE "C" NOT NULL,
    replaces BIGINT NOT NULL
);

-- Every value every import brought; the newest import's is the current one. No foreign key: it
-- would be checked for each of millions of rows, and an import writes and removes its own only.
-- No index by value: it would take six times as long to fill as the table, and only people search
-- by value.
CREATE TABLE contacts (
    customer_id TEXT COLLATE "C" NOT NULL,
    field TEXT COLLATE "C" NOT NULL,
    import BIGINT NOT NULL,
    value TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (customer_id, field, import)
);

CREATE TABLE mappings (
    name TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    mapping TEXT COLLATE "C" NOT NULL,
    saved_at BIGINT NOT NULL
);
