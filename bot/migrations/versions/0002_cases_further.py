"""Cases: being worked on, receipt code, urgency; lines: what is known of them; dead letters; tasks on answers."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Column by column: to make a table anew would, with foreign keys on, delete the rows that refer to it.
    for column in (
        sa.Column("taken_at", sa.DateTime(), nullable=True),
        sa.Column("taken_by", sa.Integer(), nullable=True),
        sa.Column("receipt_hash", sa.String(length=64), nullable=True),
        sa.Column("urgency", sa.String(length=60), server_default="", nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=True),
    ):
        op.add_column("cases", column)
    op.create_index("ix_cases_receipt_hash", "cases", ["receipt_hash"], unique=True)
    op.add_column("case_lines", sa.Column("meta", sa.JSON(), nullable=True))
    op.add_column("outbox", sa.Column("dead_at", sa.DateTime(), nullable=True))
    op.create_table(
        "answer_tasks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("created", sa.DateTime(), nullable=False),
        sa.Column("done_at", sa.DateTime(), nullable=True),
        sa.Column("done_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["done_by"], ["accounts.id"], name=op.f("fk_answer_tasks_done_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_tasks")),
    )
