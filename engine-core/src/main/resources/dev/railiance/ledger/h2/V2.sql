-- Format 2: events are sealed, documents kept, leases in the store. The seals of older events are made after this.

ALTER TABLE event ADD COLUMN event_hash BINARY(32);

ALTER TABLE event ADD COLUMN ledger_hash BINARY(32);

CREATE TABLE document (
    digest  CHARACTER VARYING(71)  NOT NULL,
    content CHARACTER LARGE OBJECT NOT NULL,
    CONSTRAINT document_digest PRIMARY KEY (digest)
);

CREATE TABLE lease (
    promotion  CHARACTER VARYING(36) NOT NULL,
    -- The number of the promotion's latest lease.
    fence      BIGINT                NOT NULL CHECK (fence >= 1),
    -- Null if it was given back.
    holder     CHARACTER VARYING(500),
    expires_at BIGINT                NOT NULL,
    CONSTRAINT lease_promotion PRIMARY KEY (promotion)
);

-- Target, artifact and contract while the promotion has not ended, otherwise null: two would be the same work.
ALTER TABLE status ADD COLUMN open_work CHARACTER VARYING(600);

ALTER TABLE status ADD CONSTRAINT status_open_work UNIQUE (open_work);

UPDATE ledger SET format = 2;
