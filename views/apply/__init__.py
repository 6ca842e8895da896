"""What a trader's own phone sees: the application form and where an application stands."""
