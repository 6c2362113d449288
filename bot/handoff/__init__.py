"""From consent to a human: cases, their delivery, and the inbox of the ouderadviseurs."""
