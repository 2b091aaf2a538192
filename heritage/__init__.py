"""The wiring: settings, addresses, and the database that comes along."""
