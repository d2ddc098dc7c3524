"""The page on which the tables can be asked in SQL, offline: database, prepared questions, page."""
