"""From changed files to what parents get: looking at it, comparing it, publishing it, and going back."""
