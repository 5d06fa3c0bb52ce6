-- The shared ledger, format 1. Statements end with a semicolon at the end of a line. Times are microseconds since 1970-01-01T00:00Z.
-- Texts that are compared or sorted have the collation "C": byte by byte, whatever the database's own is.

-- One row: which format the tables have, and where the ledger ends. Who appends locks it, so that positions have no gaps.
CREATE TABLE ledger (
    one      boolean NOT NULL DEFAULT true,
    format   integer NOT NULL,
    position bigint  NOT NULL CHECK (position >= 0),
    hash     bytea   NOT NULL CHECK (octet_length(hash) = 32),
    CONSTRAINT ledger_one PRIMARY KEY (one),
    CONSTRAINT ledger_is_one CHECK (one)
) WITH (fillfactor = 20);

INSERT INTO ledger (format, position, hash) VALUES (1, 0, decode(repeat('00', 32), 'hex'));

CREATE TABLE event (
    position    bigint           NOT NULL,
    promotion   text COLLATE "C" NOT NULL,
    sequence    bigint           NOT NULL CHECK (sequence >= 0),
    type        text COLLATE "C" NOT NULL,
    version     integer          NOT NULL CHECK (version >= 1),
    recorded_at bigint           NOT NULL,
    payload     text             NOT NULL,
    event_hash  bytea            NOT NULL CHECK (octet_length(event_hash) = 32),
    ledger_hash bytea            NOT NULL CHECK (octet_length(ledger_hash) = 32),
    CONSTRAINT event_position PRIMARY KEY (position),
    CONSTRAINT event_sequence UNIQUE (promotion, sequence)
);

CREATE TABLE status (
    promotion       text COLLATE "C" NOT NULL,
    app             text COLLATE "C" NOT NULL,
    environment     text COLLATE "C" NOT NULL,
    phase           text COLLATE "C" NOT NULL,
    ended           boolean          NOT NULL,
    -- app/environment while the promotion holds its target, otherwise null: at most one holds it.
    held_target     text COLLATE "C",
    artifact_digest text COLLATE "C" NOT NULL,
    contract_digest text COLLATE "C" NOT NULL,
    sequence        bigint           NOT NULL,
    opened_at       bigint           NOT NULL,
    updated_at      bigint           NOT NULL,
    summary         text             NOT NULL,
    document        text             NOT NULL,
    -- Target, artifact and contract while the promotion has not ended, otherwise null: two would be the same work.
    open_work       text COLLATE "C",
    CONSTRAINT status_promotion PRIMARY KEY (promotion),
    CONSTRAINT status_held_target UNIQUE (held_target),
    CONSTRAINT status_open_work UNIQUE (open_work)
) WITH (fillfactor = 70);

CREATE INDEX status_updated ON status (updated_at, promotion);

CREATE INDEX status_current ON status (app, environment, ended, opened_at);

CREATE TABLE document (
    digest  text COLLATE "C" NOT NULL,
    content text             NOT NULL,
    CONSTRAINT document_digest PRIMARY KEY (digest)
);

CREATE TABLE lease (
    promotion  text COLLATE "C" NOT NULL,
    -- The number of the promotion's latest lease.
    fence      bigint           NOT NULL CHECK (fence >= 1),
    -- Null if it was given back.
    holder     text,
    expires_at bigint           NOT NULL,
    CONSTRAINT lease_promotion PRIMARY KEY (promotion)
) WITH (fillfactor = 70);
