"""Accounts with a second step, notes and more on a case, and live conversations."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Column by column, as in 0002.
    for name in ("blocked", "totp_since", "available_since"):
        op.add_column("accounts", sa.Column(name, sa.DateTime(), nullable=True))
    op.add_column("accounts", sa.Column("totp_step", sa.Integer(), nullable=True))
    op.add_column("sessions", sa.Column("pending", sa.Boolean(), server_default=sa.text("0"), nullable=False))
    op.add_column("sessions", sa.Column("device", sa.String(length=60), server_default="", nullable=False))
    op.add_column("cases", sa.Column("closed_reason", sa.String(length=24), nullable=True))
    for name in ("waiting_since", "live_since"):
        op.add_column("cases", sa.Column(name, sa.DateTime(), nullable=True))
    for name in ("live_by", "live_seq"):
        op.add_column("cases", sa.Column(name, sa.Integer(), nullable=True))
    _add_notes()


def _add_notes() -> None:
    op.create_table(
        "case_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_notes_case_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_notes")),
    )
    op.create_index(op.f("ix_case_notes_case_id"), "case_notes", ["case_id"])
