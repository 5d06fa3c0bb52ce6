-- Format 2. The server seals what is appended to the chain of the ledger.

-- A new epoch begins when the answer to an append was lost: the server takes nothing that was made in an earlier one.
ALTER TABLE ledger ADD COLUMN epoch bigint NOT NULL DEFAULT 0;

UPDATE ledger SET format = 2;
