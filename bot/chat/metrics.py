"""Counts and times of the door for Prometheus: never what was said, nor who said it."""

from __future__ import annotations

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_SECONDS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.0, 5.0, 15.0)


class Metrics:
    """What one door counts; each door has its own."""

    def __init__(self) -> None:
        self._registry = registry = CollectorRegistry()
        self.requests = Counter(
            "ouderchat_requests", "Requests, by route and status.", ["route", "status"], registry=registry
        )
        self.messages = Counter("ouderchat_messages", "Messages of parents taken in.", registry=registry)
        self.danger = Counter("ouderchat_danger", "Messages with a sign of danger.", registry=registry)
        self.turns = Counter("ouderchat_turns", "Messages answered, by decision.", ["decision"], registry=registry)
        self.failed = Counter(
            "ouderchat_turns_failed", "Turns that broke off; they are tried again.", registry=registry
        )
        self.assistant_away = Counter(
            "ouderchat_assistant_away", "Messages that the assistant did not answer.", registry=registry
        )
        self.handoffs = Counter("ouderchat_handoffs", "Cases made by parents.", registry=registry)
        self.reply_seconds = Histogram(
            "ouderchat_reply_seconds",
            "From taking a message in to its reply on the stream.",
            buckets=_SECONDS,
            registry=registry,
        )
        self.assistant_seconds = Histogram(
            "ouderchat_assistant_seconds", "That the assistant took.", buckets=_SECONDS, registry=registry
        )

    def gauge(self, name: str, text: str, value: Callable[[], float]) -> None:
        """Show a value that is looked up when it is asked for."""
        Gauge(name, text, registry=self._registry).set_function(value)

    def text(self) -> bytes:
        """Everything in the text format of Prometheus."""
        return generate_latest(self._registry)
