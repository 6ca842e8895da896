"""Papers: a record becomes one HTML page and that page one PDF, the same bytes every time."""
