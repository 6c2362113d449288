"""Who is there, for all doors; rows of the case sheet that a parent struck."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("cases", sa.Column("struck_rows", sa.String(length=80), server_default="", nullable=False))
    op.create_table(
        "presence",
        sa.Column("page", sa.String(length=32), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_presence_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("page", name=op.f("pk_presence")),
    )


def downgrade() -> None:
    op.drop_table("presence")
    op.drop_column("cases", "struck_rows")
