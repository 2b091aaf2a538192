"""The register of heritage work: models, features and surfaces."""
