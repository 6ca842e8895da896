"""The hub's database through SQLAlchemy Core: the journal of every point, and what follows from it."""
