"""The scripts of the chat as one, and without what only a reader needs: one request, and packed a third smaller.

The sources are ordinary modules of JavaScript. Each becomes a function that gives what it exports, so that equal names
in two of them do not meet. Of the module syntax only the forms that the sources use are known.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_IMPORT = re.compile(r'^import \{ ([\w, ]+) \} from "\./([a-z-]+)\.js";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:class|const|(?:async )?function) (\w+))", re.MULTILINE)
_UNKNOWN = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)
_COMMENT_OF_STYLES = re.compile(r"/\*.*?\*/", re.DOTALL)


class BadModule(ValueError):
    """A module uses a form of import or export that is not known here, or imports itself in a circle."""


def bundle(modules: Mapping[str, str], entry: str) -> str:
    """One script out of ``modules`` (text by name, without ``.js``); ``entry`` comes last and runs as it stands.

    Raises:
        BadModule: see there.
        KeyError: a module that is imported does not exist.
    """
    done: dict[str, str] = {}
    _add(modules, entry, done, ())
    *parts, main = (done[name] for name in done)
    return "\n".join((*parts, main))


def without_comments(name: str, text: str) -> str:
    """A script or style without comments, empty lines and indentation."""
    if name.endswith(".css"):
        text = _COMMENT_OF_STYLES.sub("", text)
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//")) + "\n"


def _add(modules: Mapping[str, str], name: str, done: dict[str, str], path: tuple[str, ...]) -> None:
    if name in path:
        raise BadModule(f"a circle of imports: {' '.join((*path, name))}")
    for _names, other in _IMPORT.findall(modules[name]):
        if other not in done:
            _add(modules, other, done, (*path, name))
    done[name] = _as_part(name, modules[name], is_entry=not path)


def _as_part(name: str, text: str, is_entry: bool) -> str:
    text = _IMPORT.sub(lambda match: f"const {{ {match[1]} }} = {_variable(match[2])};", text)
    exported = _EXPORT.findall(text)
    text = _EXPORT.sub("", text)
    if unknown := _UNKNOWN.search(text):
        raise BadModule(f"{name}: {unknown[0]}")
    if is_entry:
        return text
    return f"const {_variable(name)} = (() => {{\n{text}\nreturn {{ {', '.join(exported)} }};\n}})();"


def _variable(name: str) -> str:
    return "m_" + name.replace("-", "_")
