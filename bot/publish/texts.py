"""A trained model with other texts: what a training would give when nothing changed but the words of answers.

Rasa keeps the answers at two places in a model, ``metadata.json`` and the domain that its processor loads; nothing
that is learnt depends on them (``bot/publish/learning.py``). A test holds this against a real training.
"""

from __future__ import annotations

import json
import tarfile
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

from bot.publish.responses import Responses

METADATA, DOMAIN = "metadata.json", "components/domain_provider/domain.yml"


class OtherAnswers(ValueError):
    """The model knows other answers than the files: then it has to be trained."""


def with_texts(model: Path, responses: Responses, target: Path) -> Path:
    """Write ``model`` with these answers to ``target``.

    Raises:
        OtherAnswers: the names of the answers are not those in the model.
    """
    with tarfile.open(model, "r:gz") as old, tarfile.open(target, "w:gz", compresslevel=1) as new:
        metadata = _metadata(old, responses)
        changed = {METADATA: metadata, DOMAIN: metadata["domain"]}
        for member in old:
            content = old.extractfile(member)
            if member.name in changed:
                # Also for the domain: what is JSON is YAML, and a text in it can be nothing else than a text.
                written = json.dumps(changed[member.name], ensure_ascii=False, indent=1).encode()
                member.size, content = len(written), BytesIO(written)
            new.addfile(member, content)
    return target


def _metadata(archive: tarfile.TarFile, responses: Responses) -> dict[str, Any]:
    file = archive.extractfile(METADATA)
    assert file is not None
    metadata: dict[str, Any] = json.load(file)
    domain = metadata["domain"]
    if domain["responses"].keys() != responses.keys():
        raise OtherAnswers("the files have other answers than the model")
    domain["responses"] = {name: responses[name] for name in domain["responses"]}
    return {**metadata, "model_id": uuid4().hex}
