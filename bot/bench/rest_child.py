"""The same trained model behind Rasa's own REST channel, with nothing in front: what stock Rasa carries."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

from bot.chat.assistant import quiet_logging

HOST = "127.0.0.1"


def main(model: Path, port: int, actions_port: int) -> None:
    """Serve ``/webhooks/rest/webhook`` on loopback until the process is ended; trackers are kept in memory."""
    quiet_logging()
    from rasa.core.channels.rest import RestInput
    from rasa.core.run import configure_app, load_agent_on_start
    from rasa.core.utils import AvailableEndpoints
    from rasa.utils.endpoints import EndpointConfig

    from bot.settings import ROOT

    endpoints = AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml"))
    endpoints.action = EndpointConfig(f"http://{HOST}:{actions_port}/webhook", enable_selective_domain=True)
    app = configure_app([RestInput()], enable_api=False, port=port, endpoints=endpoints)
    app.register_listener(partial(load_agent_on_start, str(model), endpoints, None), "before_server_start")
    app.config.ACCESS_LOG = False
    app.run(host=HOST, port=port, workers=1, access_log=False, motd=False)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
