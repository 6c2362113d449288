"""Starting the whole house: checks, training when needed, the three processes, and an orderly end.

Nothing here imports Rasa, so that the launcher starts at once and stays small beside its children.
"""

from typing import NoReturn


def main() -> NoReturn:
    """What ``python -m bot run`` does; ends the process with 0 after Ctrl-C and 1 when it could not start."""
    from bot.launch.house import run
    from bot.settings import get_settings

    raise SystemExit(run(get_settings()))
