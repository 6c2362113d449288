"""The receipt code: with it a parent sees how the case stands, adds to it or withdraws it, without an account.

Its first half is the reference of the case, which staff and mail use too. The second half only the parent has: it is
never stored. 24 to the power 8 are possible, on top of the reference.
"""

from __future__ import annotations

import hashlib
import re

from bot.handoff.cases import CODE_ALPHABET
from bot.privacy.vault import Vault

_GROUPS = 4
_GROUP = 4


def receipt_code(vault: Vault, reference: str, case_id: str) -> str:
    """The whole code of a case, such as ``K7QX-M3PD-W9TC-XH4N``; always the same while the secrets are."""
    number = int.from_bytes(vault.sign(f"receipt:{case_id}"), "big")
    signs = []
    for _ in range(2 * _GROUP):
        number, sign = divmod(number, len(CODE_ALPHABET))
        signs.append(CODE_ALPHABET[sign])
    secret = "".join(signs)
    return f"{reference}-{secret[:_GROUP]}-{secret[_GROUP:]}"


def receipt_hash(code: str) -> str:
    """What is stored of a code; codes are random and long, so it cannot be turned back."""
    return hashlib.sha256(f"receipt:{code}".encode()).hexdigest()


def read_code(text: str) -> str | None:
    """The code in what somebody typed, with or without hyphens and capitals; None when it is no code."""
    signs = re.sub(r"[^0-9A-Z]", "", text.upper())
    if len(signs) != _GROUPS * _GROUP or set(signs) - set(CODE_ALPHABET):
        return None
    return "-".join(signs[start : start + _GROUP] for start in range(0, len(signs), _GROUP))


def reference_of(code: str) -> str:
    """The half of a code that stands with the case."""
    return code[: 2 * _GROUP + 1]
