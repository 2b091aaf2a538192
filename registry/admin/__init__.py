"""The editors' admin: one file a noun, and what they share in base.py and its neighbours."""
