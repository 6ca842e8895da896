-- The suite that a key belongs to (wire/suites.py). One with longer keys brings a wider check of their length.
ALTER TABLE point_key ADD COLUMN suite TEXT NOT NULL DEFAULT 'ed25519/sha256';
