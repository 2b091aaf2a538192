"""The tests: claims made through the front door."""
