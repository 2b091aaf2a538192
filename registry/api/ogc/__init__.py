"""The records as features on a map, for geographic software: OGC API - Features, Part 1: Core, 1.0.1 (17-069r4)."""
