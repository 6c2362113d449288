"""What staff learn from conversations without reading them: questions not understood, and figures per week."""

from pathlib import Path

REPORT = Path("rapport") / "onbegrepen.json"
"""The last weekly report, below ``var``; it holds nothing that may not be shown to content staff."""
