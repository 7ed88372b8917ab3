"""the last runs of a demo at one look, and who has reported a run"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('jobs', sa.Column('reporter', sa.String(), nullable=True))
    op.create_index('ix_jobs_history', 'jobs', ['demo', 'status', 'finished_at'])


def downgrade() -> None:
    op.drop_index('ix_jobs_history', 'jobs')
    op.drop_column('jobs', 'reporter')
