"""Topic ids (``thema/vraag``) and the two forms they take inside Rasa.

A topic that only has an answer is a retrieval intent with the id itself as its name. Rasa rules see only the base
of a retrieval intent (``tlv``), so a topic that starts an action or a form is an ordinary intent ``thema__vraag``.
Outside Rasa only the id is used.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

ACTION_TOPICS = frozenset(
    {
        "school/zoeken",
        "begrip/uitleg",
        "sop/vinden",
        "gesprek/nood",
        "gesprek/mens_spreken",
        "gesprek/niet_tevreden",
        "gesprek/andere_taal",
    }
)
"""Topics that start an action or a form."""

DANGER = "gesprek/nood"
HUMAN = "gesprek/mens_spreken"
NOT_SATISFIED = "gesprek/niet_tevreden"
OTHER_LANGUAGE = "gesprek/andere_taal"
OUT_OF_SCOPE = "gesprek/buiten_bereik"
SMALL_TALK = frozenset({"gesprek/groet", "gesprek/bedankt", "gesprek/afscheid"})
"""What leaves the subject of a conversation as it was."""
FALLBACK_INTENT = "nlu_fallback"
ABOUT_ANSWER_INTENT = "over_antwoord"
SEVERAL_INTENT = "meer_vragen"

SOMETHING_ELSE = "anders"
"""What the button "iets anders" under a question after doubt sends along in place of a topic."""
SOMETHING_ELSE_BUTTON = "Iets anders"


@dataclass(frozen=True)
class Topic:
    """One topic of ``knowledge/onderwerpen.yml``.

    Attributes:
        id: ``thema/vraag``; never changes once published.
        about: what belongs to it, in Dutch, for staff.
        button: the text on the button that chooses it.
        not_topic: the topic it is often confused with, or None.
        short: what a follow-up question then is about ("de TLV"); the button when the file gives none.
    """

    id: str
    about: str
    button: str
    not_topic: str | None = None
    short: str = ""

    @property
    def theme(self) -> str:
        """The part before the slash: the file in ``data/nlu`` that holds the topic."""
        return self.id.split("/")[0]


def intent_of(topic: str) -> str:
    """The name of the Rasa intent of a topic: ``tlv/uitleg`` stays, ``school/zoeken`` is ``school__zoeken``."""
    return topic.replace("/", "__") if topic in ACTION_TOPICS else topic


def base_intent(topic: str) -> str:
    """The intent that Rasa's policies and its own evaluation know: the theme, or the topic that starts an action."""
    return intent_of(topic).split("/")[0]


def topic_of(intent: str) -> str:
    """The topic id of a Rasa intent, whichever of the two forms it has."""
    return intent.replace("__", "/", 1)


def response_of(topic: str) -> str:
    """The name of the response that answers a topic."""
    return f"utter_{topic}"


class CurrentTopics(Mapping[str, Topic]):
    """All topics by id as the file has them now; a file that turned bad leaves those before it in use."""

    def __init__(self, knowledge_dir: Path) -> None:
        """Read them for the first time.

        Raises:
            ValueError: as :func:`load_topics`.
        """
        self._folder = knowledge_dir
        self._topics = load_topics(knowledge_dir)

    def __getitem__(self, topic: str) -> Topic:
        return self._now()[topic]

    def __iter__(self) -> Iterator[str]:
        return iter(self._now())

    def __len__(self) -> int:
        return len(self._now())

    def _now(self) -> dict[str, Topic]:
        try:
            self._topics = load_topics(self._folder)
        except (OSError, ValueError, KeyError, TypeError, yaml.YAMLError):
            return self._topics
        return self._topics


def load_topics(knowledge_dir: Path) -> dict[str, Topic]:
    """All topics by id, in the order of ``knowledge/onderwerpen.yml``; read again when the file changed.

    Raises:
        ValueError: an entry without id, description or button text.
    """
    path = knowledge_dir / "onderwerpen.yml"
    status = path.stat()
    return _load(path, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=8)
def _load(path: Path, _changed: int, _size: int) -> dict[str, Topic]:
    raw: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    topics: dict[str, Topic] = {}
    for entry in raw["onderwerpen"]:
        missing = {"id", "over", "knop"} - entry.keys()
        if missing:
            raise ValueError(f"{path}: {entry.get('id', entry)} lacks {', '.join(sorted(missing))}")
        topics[entry["id"]] = Topic(
            entry["id"], entry["over"], entry["knop"], entry.get("niet"), entry.get("kort", entry["knop"])
        )
    return topics
