"""Masking with tokens as the vault gives them, without a vault."""

from __future__ import annotations

import re

from bot.privacy.masking import Masked, mask

TOKEN = re.compile(r"\[(?:(?:telefoon|email|naam)#[0-9]+|bsn|iban|geboortedatum|adres)\]")


class Tokens:
    """Gives tokens as the vault does."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}

    def __call__(self, kind: str, value: str) -> str:
        same = [token for token, kept in self.values.items() if kept == value and token.startswith(f"[{kind}#")]
        number = 1 + sum(token.startswith(f"[{kind}#") for token in self.values)
        token = same[0] if same else f"[{kind}#{number}]"
        self.values[token] = value
        return token


def masked(text: str) -> Masked:
    return mask(text, Tokens())


def digits(text: str) -> str:
    return re.sub("[^0-9]", "", TOKEN.sub("|", text))
