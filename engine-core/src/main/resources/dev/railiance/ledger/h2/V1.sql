-- The embedded ledger, format 1. Statements end with a semicolon at the end of a line. Times are microseconds since 1970-01-01T00:00Z.

-- Payloads up to this many characters lie in their row.
SET MAX_LENGTH_INPLACE_LOB 65536;

CREATE TABLE ledger (
    format INTEGER NOT NULL
);

INSERT INTO ledger VALUES (1);

CREATE TABLE event (
    position    BIGINT                 NOT NULL,
    promotion   CHARACTER VARYING(36)  NOT NULL,
    sequence    BIGINT                 NOT NULL CHECK (sequence >= 0),
    type        CHARACTER VARYING(200) NOT NULL,
    version     INTEGER                NOT NULL CHECK (version >= 1),
    recorded_at BIGINT                 NOT NULL,
    payload     CHARACTER LARGE OBJECT NOT NULL,
    CONSTRAINT event_position PRIMARY KEY (position),
    CONSTRAINT event_sequence UNIQUE (promotion, sequence)
);

CREATE TABLE status (
    promotion       CHARACTER VARYING(36)  NOT NULL,
    app             CHARACTER VARYING(63)  NOT NULL,
    environment     CHARACTER VARYING(63)  NOT NULL,
    phase           CHARACTER VARYING(40)  NOT NULL,
    ended           BOOLEAN                NOT NULL,
    -- app/environment while the promotion holds its target, otherwise null: at most one holds it.
    held_target     CHARACTER VARYING(127),
    artifact_digest CHARACTER VARYING(200) NOT NULL,
    contract_digest CHARACTER VARYING(200) NOT NULL,
    sequence        BIGINT                 NOT NULL,
    opened_at       BIGINT                 NOT NULL,
    updated_at      BIGINT                 NOT NULL,
    summary         CHARACTER LARGE OBJECT NOT NULL,
    document        CHARACTER LARGE OBJECT NOT NULL,
    CONSTRAINT status_promotion PRIMARY KEY (promotion),
    CONSTRAINT status_held_target UNIQUE (held_target)
);

CREATE INDEX status_updated ON status (updated_at, promotion);

CREATE INDEX status_current ON status (app, environment, ended, opened_at);
