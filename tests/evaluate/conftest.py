"""A world of three topics and three writers, large enough to learn from."""

from pathlib import Path

import pytest
import yaml

WORDS = {
    "tlv/geldigheid": "hoe lang is een tlv geldig voor mijn kind",
    "ziek/zorgplicht": "mijn dochter is ziek en mist veel les",
    "gesprek/buiten_bereik": "wat wordt het weer morgen in de stad",
}
WRITERS = ("stem-a", "stem-b", "stem-c")


@pytest.fixture
def themes(tmp_path: Path) -> Path:
    """A folder of messages; every writer says the same with a word of their own."""
    folder = tmp_path / "nlu"
    folder.mkdir()
    for topic, sentence in WORDS.items():
        blocks = [
            {
                "intent": topic,
                "metadata": {"schrijver": writer},
                "examples": "".join(f"- {sentence} {writer[-1] * n}\n" for n in range(1, 5)),
            }
            for writer in WRITERS
        ]
        content = {
            "version": "3.1",
            "nlu": blocks,
            "responses": {f"utter_{topic}": [{"text": f"Antwoord: {sentence}"}]},
        }
        (folder / f"{topic.split('/')[0]}.yml").write_text(yaml.safe_dump(content), encoding="utf-8")
    return folder
