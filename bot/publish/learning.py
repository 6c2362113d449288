"""What a training looks at: two folders with the same of that give the same model, whatever their answers say.

The words of an answer are no evidence for its topic, and no rule reads them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import yaml

from bot.content.kept import digest
from bot.evaluate.examples import training_messages
from bot.knowledge.reading import Loader
from bot.nlu.evidence import Evidence, from_knowledge
from bot.nlu.parameters import section_of
from bot.publish.publications import DIALOGUE, Publication, Publications, program_digest
from bot.settings import ROOT, Settings
from bot.topics import load_topics

_YAML = {".yml", ".yaml"}


def basis(settings: Settings, root: Path) -> Publication | None:
    """The publication whose model a training on this folder would give again but for the texts, if there is one.

    Only the one in use is looked at; until something was published, what the service began with.
    """
    publications = Publications(settings)
    found = publications.base()
    if found is None or not publications.model_of(found).exists() or found.program != program_digest(settings):
        return None
    try:
        same = learnt_digest(root, knowledge_in(settings, root)) == learnt_digest(publications.path(found))
    except OSError:
        return None  # of before configuration and domain were kept too
    return found if same else None


def knowledge_in(settings: Settings, root: Path) -> Path:
    """The knowledge that belongs to a folder."""
    return settings.knowledge_dir if root == ROOT else root / "knowledge"


def learnt_digest(root: Path, knowledge: Path | None = None) -> str:
    """Changes with all that a training on a folder looks at, and not with the words of an answer.

    Raises:
        OSError: the folder lacks ``domain.yml`` or ``config.yml``.
    """
    knowledge = knowledge or root / "knowledge"
    settings = [(root / name).read_bytes() for name in DIALOGUE]
    evidence = _lines(from_knowledge(knowledge, load_topics(knowledge)))
    return digest(*settings, *_data(root / "data", _names), *evidence)


def validated_digest(root: Path) -> str:
    """Changes with all that Rasa's validation looks at: of an answer everything but the words, and the program.

    Raises:
        OSError: the folder lacks ``domain.yml``, ``config.yml`` or the list of topics.
    """
    settings = [(root / name).read_bytes() for name in DIALOGUE]
    topics = (root / "knowledge" / "onderwerpen.yml").read_bytes()
    return digest(version("rasa"), topics, *settings, *_data(root / "data", _blank), *code())


def code() -> Iterator[bytes]:
    """The program itself, with what it says of Rasa's warnings."""
    for name in ("bot", "actions"):
        files = [path for end in ("py", "yml") for path in (ROOT / name).rglob(f"*.{end}")]
        yield from (path.read_bytes() for path in sorted(files))


def _data(folder: Path, reduce: Callable[[Any], Any]) -> Iterator[str | bytes]:
    """The files of a folder, with the answers in them reduced to what counts."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        yield str(path.relative_to(folder))
        yield _reduced(path, reduce) if path.suffix in _YAML else path.read_bytes()


def _reduced(path: Path, reduce: Callable[[Any], Any]) -> str:
    content: Any = yaml.load(path.read_text(encoding="utf-8"), Loader)
    if isinstance(content, dict) and isinstance(content.get("responses"), dict):
        content["responses"] = reduce(content["responses"])
    return json.dumps(content, ensure_ascii=False, default=str)


def _names(responses: dict[Any, Any]) -> list[str]:
    return sorted(map(str, responses))


def _blank(value: Any) -> Any:
    """The same without its texts."""
    if isinstance(value, list):
        return [_blank(item) for item in value]
    if isinstance(value, dict):
        texts = {key for key in value if key == "text" and isinstance(value[key], str)}
        return {key: "" if key in texts else _blank(item) for key, item in value.items()}
    return value


def evidence_digest(root: Path) -> str:
    """Changes with all that chooses a topic: messages, facts, terms, buttons, and the model with its settings."""
    examples = training_messages(root / "data" / "nlu")
    knowledge = from_knowledge(root / "knowledge", {example.label for example in examples})
    messages = [f"{example.text}\t{example.label}" for example in examples]
    model = [file.read_bytes() for file in sorted((ROOT / "bot" / "nlu").glob("*.py"))]
    return digest("\n".join([*messages, *_lines(knowledge)]), repr(section_of(root / "config.yml")), *model)


def _lines(evidence: list[Evidence]) -> list[str]:
    return [f"{item.text}\t{item.topic}\t{item.kind}" for item in evidence]


def files_of(folder: Path) -> Iterator[bytes]:
    """What is in the files of a folder, in a fixed order."""
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        yield file.read_bytes()
