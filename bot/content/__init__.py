"""Checks and reports for content staff: what is wrong in data/ and knowledge/, in Dutch, with file and line."""
