"""The editors' admin, through its pages."""
