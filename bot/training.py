"""Training a model, the way ``rasa train`` does it, with nothing sent out."""

import json
import os
import time
from pathlib import Path

from bot.settings import ROOT, Settings

RECORD = "trained_on.json"
"""Beside the models: what the newest was trained on."""
NAME = "ouderchat-%Y%m%d-%H%M%S.tar.gz"
"""Of a model, by the time it was made."""


def newest_model(models_dir: Path) -> Path | None:
    """The model that was trained last, or None when there is none."""
    models = sorted(models_dir.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    return models[-1] if models else None


def version_of(settings: Settings, model: Path) -> dict[str, str]:
    """What every answer says of a model that was not published: its name, and a short hash of what it learnt from."""
    try:
        record = json.loads((settings.models_dir / RECORD).read_text())
    except (OSError, ValueError):
        record = {}
    content = str(record.get("fingerprint", ""))[:12] if record.get("model") == model.name else ""
    return {"inhoud": content, "model": model.name}


def train(models_dir: Path, name: str | None = None) -> Path:
    """Train on ``config.yml``, ``domain.yml`` and ``data/``; unchanged parts come from Rasa's cache.

    Returns:
        The path of the new model.

    Raises:
        RuntimeError: training ended without a model.
    """
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    from rasa.model_training import train as rasa_train

    result = rasa_train(
        domain=str(ROOT / "domain.yml"),
        config=str(ROOT / "config.yml"),
        training_files=str(ROOT / "data"),
        output=str(models_dir),
        fixed_model_name=name or time.strftime(NAME).removesuffix(".tar.gz"),
    )
    if result.code != 0 or not result.model:
        raise RuntimeError(f"training ended with code {result.code}")
    return Path(result.model)
