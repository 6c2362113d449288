"""The launcher with small children, as a process of its own."""

import sys
from pathlib import Path

from bot.db import make_engine
from bot.handoff import accounts
from bot.launch.child import Child
from bot.launch.house import House, run
from bot.settings import ROOT, Settings
from tests.launch.conftest import fake_command


def main(folder: Path, ports: list[int], health: str, extra: list[str]) -> int:
    door, assistant, actions = ports
    settings = Settings(
        var_dir=folder / "var",
        models_dir=folder / "models",
        knowledge_dir=folder / "knowledge",
        language_models_dir=folder / "language",
        door_port=door,
        assistant_port=assistant,
        actions_port=actions,
    )
    (folder / "var").mkdir(exist_ok=True)
    engine = make_engine(settings.db_url)
    accounts.accounts_table.metadata.create_all(engine)
    engine.dispose()
    parts = {"door": ("serve", str(door), health), "actions": ("serve", str(actions), "{}"), "assistant": extra}
    children = [
        Child(name, fake_command(*part), settings.var_dir / "logs" / f"{name}.log", ROOT)
        for name, part in parts.items()
    ]
    train = fake_command("train", str(settings.models_dir))
    return run(settings, House(settings, children, train, folder, start_seconds=2.0))


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1]), [int(port) for port in sys.argv[2:5]], sys.argv[5], sys.argv[6:]))
