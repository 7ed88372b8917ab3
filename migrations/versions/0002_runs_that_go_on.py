"""runs that go on: files, states, pauses, changes on the way, forks, and reports by readers"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('jobs', sa.Column('files', sa.JSON(), nullable=True))
    op.add_column('jobs', sa.Column('state_key', sa.String(), nullable=True))
    op.add_column('jobs', sa.Column('state_seq', sa.Integer(), nullable=False, server_default='0'))
    op.add_column('jobs', sa.Column('state_seconds', sa.Double(), nullable=False, server_default='0'))
    op.add_column('jobs', sa.Column('seconds_before', sa.Double(), nullable=False, server_default='0'))
    op.add_column('jobs', sa.Column('pause_requested', sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column('jobs', sa.Column('wishes', sa.JSON(), nullable=True))
    op.add_column('jobs', sa.Column('steered', sa.JSON(), nullable=True))
    op.add_column('jobs', sa.Column('origin', sa.String(), nullable=True))
    op.add_column('jobs', sa.Column('version', sa.String(), nullable=False, server_default=''))
    op.add_column('jobs', sa.Column('report_reason', sa.String(), nullable=True))
    op.add_column('jobs', sa.Column('report_note', sa.String(), nullable=True))
    op.add_column('jobs', sa.Column('reported_at', sa.DateTime(), nullable=True))


def downgrade() -> None:
    # Column by column: a batch would make the table anew, and dropping the old one takes its reports with it.
    op.drop_column('jobs', 'reported_at')
    op.drop_column('jobs', 'report_note')
    op.drop_column('jobs', 'report_reason')
    op.drop_column('jobs', 'version')
    op.drop_column('jobs', 'origin')
    op.drop_column('jobs', 'steered')
    op.drop_column('jobs', 'wishes')
    op.drop_column('jobs', 'pause_requested')
    op.drop_column('jobs', 'seconds_before')
    op.drop_column('jobs', 'state_seconds')
    op.drop_column('jobs', 'state_seq')
    op.drop_column('jobs', 'state_key')
    op.drop_column('jobs', 'files')
