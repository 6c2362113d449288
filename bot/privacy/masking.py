"""Recognises personal data in the Dutch of parents and puts tokens in its place."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from bot.privacy.checks import CHECKS
from bot.privacy.names import NameFinder, proper
from bot.privacy.rules import Rule, Rules, load, needed
from bot.privacy.vault import TOKEN_KINDS

Keep = Callable[[str, str], str]
"""Takes kind and value of what is kept, returns its token: ``Vault.put`` with the scope filled in."""


@dataclass(frozen=True)
class Finding:
    """Personal data in a text.

    Attributes:
        kind: telefoon, email, naam, bsn, iban, geboortedatum or adres.
        start: place of its first character.
        end: place after its last character.
        value: normalised: telephone as E.164, the domain of an e-mail address in lower case. Never shown by ``repr``.
    """

    kind: str
    start: int
    end: int
    value: str = field(repr=False)


@dataclass(frozen=True)
class Masked:
    """A text without recognisable personal data.

    Attributes:
        kinds: the kinds that were taken out, each once, in the order in which they stood there.
    """

    text: str
    kinds: tuple[str, ...]


def find(text: str) -> list[Finding]:
    """Everything recognised as personal data, in order, without overlap.

    Tokens that stand in ``text`` already are left alone. The time is linear in the length of the text.
    """
    rules = load()
    work = _cover_tokens(rules, text.translate(rules.fold))
    findings: list[Finding] = []
    # What is covered can uncover something else ("Karim heet ..."): repeat until there is nothing more.
    while True:
        found, work = _once(rules, work)
        if not found:
            return sorted(findings, key=lambda finding: finding.start)
        findings += found


def mask(text: str, keep: Keep) -> Masked:
    """Put a token in the place of everything recognised; masking the result again changes nothing.

    Args:
        text: what a parent wrote.
        keep: gives the token for a telephone number, an e-mail address or a name. The other kinds are dropped for good.
    """
    findings = find(text)
    parts: list[str] = []
    place = 0
    for finding in findings:
        token = keep(finding.kind, finding.value) if finding.kind in TOKEN_KINDS else f"[{finding.kind}]"
        parts += (text[place : finding.start], token)
        place = finding.end
    parts.append(text[place:])
    return Masked("".join(parts), tuple(dict.fromkeys(finding.kind for finding in findings)))


def _once(rules: Rules, work: str) -> tuple[list[Finding], str]:
    """What all rules find in one round, and the text with that covered."""
    findings: list[Finding] = []
    lower = work.lower()
    for rule in rules.rules:
        if needed(rule.needs, lower):
            found = list(_apply(rules, rule, work))
            work = _cover(rules, work, found)
            findings += found
    spans = NameFinder(rules.names, work).find()
    names = [Finding("naam", start, end, proper(rules.names, work[start:end])) for start, end in spans]
    return findings + names, _cover(rules, work, names)


def _apply(rules: Rules, rule: Rule, work: str) -> Iterator[Finding]:
    place = 0
    while match := rule.pattern.search(work, place):
        start, end = match.span(2)
        found = CHECKS[rule.check](rules.checks, work, start, end) if rule.check else (end, work[start:end])
        if found is None:
            place = match.start() + 1
        else:
            place = found[0]
            yield Finding(rule.kind, start, *found)


def _cover(rules: Rules, work: str, findings: list[Finding]) -> str:
    parts: list[str] = []
    place = 0
    for finding in findings:
        parts += (work[place : finding.start], rules.barrier * (finding.end - finding.start))
        place = finding.end
    return "".join((*parts, work[place:]))


def _cover_tokens(rules: Rules, work: str) -> str:
    return rules.token.sub(lambda match: rules.barrier * len(match.group()), work)
