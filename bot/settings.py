"""Settings of every process, from the environment (prefix ``OUDERCHAT_``) with embedded defaults."""

import re
from functools import lru_cache
from ipaddress import ip_network
from pathlib import Path
from typing import Literal

from pydantic import BaseSettings, Field, validator

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """What an operator can change without touching code.

    Each field is read from ``OUDERCHAT_<FIELD>``, for example ``OUDERCHAT_DOOR_PORT``. Secrets are not
    settings: they are made at first start by :mod:`bot.keys`.
    """

    knowledge_dir: Path = ROOT / "knowledge"
    models_dir: Path = ROOT / "models"
    language_models_dir: Path = ROOT / ".models"
    var_dir: Path = Field(default=ROOT / "var", description="database, secrets, outgoing mail and logs")
    database_url: str = Field(default="", description="SQLAlchemy URL; empty: SQLite in var_dir")

    door_host: str = "127.0.0.1"
    door_port: int = 8080
    assistant_port: int = 5005
    actions_port: int = 5055
    public_url: str = Field(default="", description="address parents see; empty: http://<door_host>:<door_port>")

    frame_ancestors: str = Field(default="*", description="pages that may show the chat (CSP directive)")
    trusted_proxies: str = Field(
        default="", description="reverse proxies whose X-Forwarded-For is believed: addresses or networks, with spaces"
    )
    log_level: str = Field(default="warning", description="lowest level of our own log lines; texts are never logged")
    metrics_token: str = Field(default="", description="who has it may read /metrics; empty: that page does not exist")
    most_conversations: int = Field(default=2000, description="conversations open at once; one more must wait")

    inbox_two_step: Literal["https", "altijd", "nooit"] = Field(
        default="https", description="must log-in to the inbox ask a code from an app: where the address is https"
    )

    handoff_mail_to: str = Field(default="", description="address that receives new cases; empty: .eml files only")
    mail_from: str = "ouderchat@localhost"
    smtp_host: str = Field(default="", description="empty: mail is written as .eml files to var_dir/mail")
    smtp_port: int = 587
    smtp_user: str = ""
    smtp_password: str = ""
    smtp_starttls: bool = True

    mail_with_details: bool = Field(
        default=False, description="mail holds what the parent wrote and how to reach them, not only that a case waits"
    )
    webhook_url: str = Field(default="", description="address of a ticket system; empty: no webhook")
    webhook_secret: str = Field(default="", description="signs what goes to the webhook (HMAC-SHA256)")
    delivery_retry_seconds: int = Field(default=30, ge=1, description="first pause after a failed attempt; it doubles")
    delivery_days: int = Field(default=5, ge=1, description="days of attempts; after that staff see it in the inbox")
    unread_hours: int = Field(
        default=4, ge=1, description="working hours after which an unread case is mailed about again"
    )
    fallback_mail_to: str = Field(default="", description="address that is told when the reminder did not help")

    case_days_unread: int = Field(default=0, ge=0, description="days that an unread case is kept; 0: without end")
    case_days_open: int = Field(default=365, ge=0, description="days after the last that happened to an open case")
    case_days_closed: int = Field(default=90, ge=0, description="days after a case was closed")

    conversation_days: int = Field(
        default=28, description="days after which a conversation is deleted (DESIGN, invariants)"
    )

    class Config:
        env_prefix = "OUDERCHAT_"

    @validator("frame_ancestors")
    def _sources_only(cls, value: str) -> str:
        # A semicolon would end the directive and begin another.
        if not re.fullmatch(r"[^;,\s\x00-\x1f\"]+( [^;,\s\x00-\x1f\"]+)*", value):
            raise ValueError("sites with one space between them, such as: https://www.school.example 'self'")
        return value

    @validator("webhook_secret")
    def _signed(cls, value: str, values: dict[str, object]) -> str:
        if values.get("webhook_url") and len(value) < 16:
            raise ValueError("a webhook needs a secret of at least 16 characters")
        return value

    @validator("log_level")
    def _level(cls, value: str) -> str:
        if value not in {"debug", "info", "warning", "error"}:
            raise ValueError("debug, info, warning or error")
        return value

    @validator("trusted_proxies")
    def _addresses_only(cls, value: str) -> str:
        for each in value.split():
            ip_network(each, strict=False)
        return value

    @property
    def db_url(self) -> str:
        """The SQLAlchemy URL in use."""
        return self.database_url or f"sqlite:///{self.var_dir / 'ouderchat.db'}"

    @property
    def base_url(self) -> str:
        """The address of the door as parents and ouderadviseurs see it, without a trailing slash."""
        return (self.public_url or f"http://{self.door_host}:{self.door_port}").rstrip("/")

    @property
    def two_step_required(self) -> bool:
        """Whether nobody gets further in the inbox without the second step of the log-in."""
        https = self.inbox_two_step == "https" and self.base_url.startswith("https:")
        return https or self.inbox_two_step == "altijd"


@lru_cache(maxsize=1)
def get_settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()
