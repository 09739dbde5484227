-- One row: what the base keeps from its first day, and the version of its manifest.
CREATE TABLE base (
    id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    zone TEXT,
    digest_key TEXT,
    currency TEXT,
    -- The import that settled the currency; null where people did.
    currency_import BIGINT,
    version BIGINT NOT NULL
);
INSERT INTO base (id, version) VALUES (1, 0);

-- The ledger.
CREATE TABLE imports (
    import BIGINT NOT NULL PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    committed_at BIGINT NOT NULL,
    undone_at BIGINT,
    -- 1 once its own files were compacted and forgotten: it can no longer be undone.
    sealed BIGINT NOT NULL DEFAULT 0,
    kind TEXT NOT NULL,
    source TEXT NOT NULL,
    inputs TEXT NOT NULL,
    counts TEXT NOT NULL,
    detected TEXT NOT NULL
);

CREATE TABLE compactions (
    compaction BIGINT NOT NULL PRIMARY KEY,
    compacted_at BIGINT NOT NULL,
    -- When an undo took it apart again.
    undone_at BIGINT
);

-- The manifest. A file is listed while `superseded_by` is null.
CREATE TABLE files (
    path TEXT NOT NULL PRIMARY KEY,
    import BIGINT NOT NULL REFERENCES imports (import),
    -- The compaction that wrote it; null where an import did.
    made_by BIGINT REFERENCES compactions (compaction),
    superseded_by BIGINT REFERENCES compactions (compaction),
    kind TEXT NOT NULL,
    rows BIGINT NOT NULL,
    bytes BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    first_day BIGINT,
    last_day BIGINT,
    currencies TEXT NOT NULL,
    replaces BIGINT NOT NULL
);

-- Every value every import brought; the newest import's is the current one. No foreign key: it
-- would be checked for each of millions of rows, and an import writes and removes its own only.
-- No index by value: it would take six times as long to fill as the table, and only people search
-- by value.
CREATE TABLE contacts (
    customer_id TEXT NOT NULL,
    field TEXT NOT NULL,
    import BIGINT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (customer_id, field, import)
) WITHOUT ROWID;

CREATE TABLE mappings (
    name TEXT NOT NULL PRIMARY KEY,
    mapping TEXT NOT NULL,
    saved_at BIGINT NOT NULL
);
