"""OAI-PMH 2.0 at /oai/: what library systems harvest, the last public state of each record as Dublin Core."""
