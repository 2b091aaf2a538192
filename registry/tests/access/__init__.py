"""Who may reach what: one file of every route, and what each role meets there."""
