"""The actions process: ``python -m actions`` serves the custom actions on loopback."""

import logging
import os

from bot.settings import get_settings


def main() -> None:
    """Serve until the process is ended."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    from rasa_sdk.endpoint import create_app

    settings = get_settings()
    app = create_app("actions")
    app.config.ACCESS_LOG = False
    app.run(host="127.0.0.1", port=settings.actions_port, access_log=False, motd=False)


if __name__ == "__main__":
    main()
