"""Train a model in a folder of its own, so that the service does not take it for its newest: one argument."""

from __future__ import annotations

import sys
from pathlib import Path

from bot.chat.assistant import quiet_logging
from bot.training import train

if __name__ == "__main__":
    quiet_logging()
    train(Path(sys.argv[1]))
