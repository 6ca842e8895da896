-- What a stick brings back proves that the hub spoke after that export left.
ALTER TABLE contact ADD COLUMN heard_at TEXT;
