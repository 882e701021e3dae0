"""Reports that come early, and which message stands in for which

Revision: 0002, after 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.schema.base import UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "early_reports",
        sa.Column("id", ID, nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("provider_id", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_early_reports")),
        sa.UniqueConstraint("channel", "provider_id", "state", name=op.f("uq_early_reports_channel_provider_id_state")),
    )
    op.create_index(op.f("ix_early_reports_at"), "early_reports", ["at"], unique=False)
    replaced = sa.ForeignKey("outbox.id", name=op.f("fk_outbox_instead_of_id_outbox"))
    op.add_column("outbox", sa.Column("instead_of_id", ID, replaced, nullable=True), inline_references=True)
    op.drop_index("ix_outbox_due", table_name="outbox")
    op.create_index("ix_outbox_due", "outbox", ["status", "channel", "bulk", "due_at", "id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_outbox_due", table_name="outbox")
    op.create_index("ix_outbox_due", "outbox", ["status", "bulk", "due_at", "id"], unique=False)
    op.drop_column("outbox", "instead_of_id")
    op.drop_index(op.f("ix_early_reports_at"), table_name="early_reports")
    op.drop_table("early_reports")
