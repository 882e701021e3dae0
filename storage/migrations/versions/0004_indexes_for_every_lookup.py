"""Indexes for the lookups of a message that read a whole table: what replaces a message, which hand-overs wait, the same
number on another channel, the figures of a follow-up, the code that an address has to show

Revision: 0004, after 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

REPLACES = sa.text("instead_of_id IS NOT NULL")
IS_OPEN = sa.text("closed_at IS NULL")


def upgrade() -> None:
    op.create_index(
        "ix_outbox_instead_of", "outbox", ["instead_of_id"], sqlite_where=REPLACES, postgresql_where=REPLACES
    )
    op.create_index("ix_handovers_waiting", "handovers", ["taken_at"], sqlite_where=IS_OPEN, postgresql_where=IS_OPEN)
    op.create_index("ix_addresses_address", "addresses", ["address"])
    op.create_index(op.f("ix_outcomes_followup_id"), "outcomes", ["followup_id"])
    op.create_index(op.f("ix_link_codes_address_id"), "link_codes", ["address_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_link_codes_address_id"), table_name="link_codes")
    op.drop_index(op.f("ix_outcomes_followup_id"), table_name="outcomes")
    op.drop_index("ix_addresses_address", table_name="addresses")
    op.drop_index("ix_handovers_waiting", table_name="handovers")
    op.drop_index("ix_outbox_instead_of", table_name="outbox")
