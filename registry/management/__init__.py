"""The command line: serving, seeding and what both need."""
