"""Personal data: recognised and masked in text, kept encrypted in the vault."""
