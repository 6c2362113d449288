"""The assistant process: Rasa on loopback, without HTTP API or REST channel. Started by ``python -m bot run``."""

from __future__ import annotations

import argparse
import gc
import json
import logging
import os
import sys
from collections.abc import Mapping, MutableMapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from bot import logs
from bot.keys import Keys, keep_private, load_keys
from bot.settings import ROOT, Settings, get_settings
from bot.training import newest_model, version_of

HOST = "127.0.0.1"


def quiet_logging() -> None:
    """Warnings and errors only, before Rasa is imported: at lower levels it logs what parents type."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("LOG_LEVEL", "WARNING")  # Rasa shows its progress bars at lower levels only
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    # Rasa and TensorFlow switch Python's warnings back on; `make check` is where those on our data are read.
    logging.captureWarnings(True)
    logging.getLogger("py.warnings").setLevel(logging.ERROR)
    # A slot of the form that takes any text has nothing to validate: the SDK calls that a warning at every turn.
    logging.getLogger("rasa_sdk.forms").setLevel(logging.ERROR)
    _drop_message_texts()


def _drop_message_texts() -> None:
    import structlog

    allowed = {"event", "level", "logger", "timestamp", "exc_info", "exception"}

    def keep_allowed(_logger: Any, _method: str, entry: MutableMapping[str, Any]) -> Mapping[str, Any]:
        return {key: value for key, value in entry.items() if key in allowed}

    structlog.configure(
        processors=[keep_allowed, structlog.stdlib.render_to_log_kwargs],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
    )


def endpoints_for(settings: Settings, keys: Keys) -> Any:
    """Rasa's endpoints: those of ``endpoints.yml`` with the addresses and the store of this installation."""
    from rasa.core.utils import AvailableEndpoints
    from rasa.utils.endpoints import EndpointConfig

    from bot.chat.actions_endpoint import ActionsEndpoint

    endpoints = AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml"))
    endpoints.action = ActionsEndpoint(settings.actions_port, keys.internal)
    endpoints.tracker_store = EndpointConfig(
        type="bot.chat.tracker_store.ErasableSQLTrackerStore", dialect="sqlite", db=str(settings.var_dir / "rasa.db")
    )
    return endpoints


def parse(words: Sequence[str]) -> argparse.Namespace:
    """What the service types behind the command when it starts a publication."""
    parser = argparse.ArgumentParser(prog="python -m bot.chat.assistant")
    parser.add_argument("--model", type=Path, help="without it the newest in models/")
    parser.add_argument("--poort", type=int, help="without it that of the settings")
    parser.add_argument("--versie", type=json.loads, help="of content and model, as JSON")
    return parser.parse_args(words)


def main() -> None:
    """Load the newest model, or the one named, and serve the door until the process is ended."""
    asked = parse(sys.argv[1:])
    settings = get_settings()
    quiet_logging()
    leave_jax_out()
    logs.configure("assistant", settings.log_level)
    keep_private()
    keys = load_keys(settings.var_dir)
    model = asked.model or newest_model(settings.models_dir)
    port = asked.poort or settings.assistant_port
    if model is None:
        sys.exit(f"No trained model in {settings.models_dir}; run: make train")

    from rasa.core.run import close_resources, configure_app, load_agent_on_start

    from bot.chat.actions_endpoint import check_results_once_compiled
    from bot.chat.channel import DoorChannel

    check_results_once_compiled()
    endpoints = endpoints_for(settings, keys)
    channel = DoorChannel(keys.internal, asked.versie or version_of(settings, model))
    app = configure_app([channel], enable_api=False, port=port, endpoints=endpoints)
    app.register_listener(partial(load_agent_on_start, str(model), endpoints, None), "before_server_start")
    app.register_listener(close_resources, "after_server_stop")
    app.register_listener(_serving, "after_server_start")
    app.config.ACCESS_LOG = False
    # Longer than the door keeps a connection that it does not use: it must not send into one that just closed.
    app.config.KEEP_ALIVE_TIMEOUT = 75
    app.run(host=HOST, port=port, workers=1, access_log=False, motd=False)


def leave_jax_out() -> None:
    """Keep a package out that nobody needs, before Rasa is imported."""
    # TensorFlow, which Rasa imports whatever the pipeline, takes jax along for a converter that nobody calls: 65 MB.
    sys.modules.setdefault("jax", None)  # type: ignore[arg-type]


async def _serving(app: Any, _loop: Any) -> None:
    from rasa.core.channels.channel import UserMessage

    # What is loaded at the first message is loaded now, so that no parent waits for it. The door looks for danger: this
    # process can do without the detector.
    await app.ctx.agent.processor.parse_message(UserMessage("hallo", metadata={"nood": ""}))
    logs.serving()
    # What is there by now stays: the garbage collector need not go through all of it again while a parent waits.
    gc.collect()
    gc.freeze()


if __name__ == "__main__":
    main()
