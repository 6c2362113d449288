"""Everything around the Rasa model: one folder per concern."""
