"""The workbench: where people code texts and settle what they see differently."""
