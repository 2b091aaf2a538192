"""The JSON API for partners: /api/v1/."""
