"""What only those see who may: exact places, contacts and their duties, and who looked at any of it."""
