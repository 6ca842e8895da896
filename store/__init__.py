"""The point's SQLite file: the journal, the projections people search, and what is not yet a record."""
