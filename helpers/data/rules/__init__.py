"""Rules of the tables: what holds for every one, and what each means."""
