-- Reviews of segmentations: sizes, money and findings as of a day. Whose label was which is not kept:
-- facts and the settings that are kept give the same labels again.
CREATE TABLE reviews (
    review BIGINT NOT NULL PRIMARY KEY,
    segmentation TEXT NOT NULL,
    -- The day whose end was looked at, days since 1970.
    as_of BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    -- JSON, as are segments and findings.
    settings TEXT NOT NULL,
    customers BIGINT NOT NULL,
    segments TEXT NOT NULL,
    findings TEXT NOT NULL
);
CREATE INDEX reviews_of ON reviews (segmentation, as_of);

-- What people write of segments, part by part: it stands beside what is worked out.
CREATE TABLE cards (
    segmentation TEXT NOT NULL,
    segment TEXT NOT NULL,
    part TEXT NOT NULL,
    text TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (segmentation, segment, part)
);
