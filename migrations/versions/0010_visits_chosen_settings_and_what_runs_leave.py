"""visits without their visitors, settings that authors choose, and the counts that erased runs leave"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('visit_days',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('page', sa.String(), nullable=False),
    sa.Column('views', sa.Integer(), nullable=False),
    sa.Column('visitors', sa.Integer(), nullable=False),
    sa.Column('runs', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('day', 'page', name=op.f('pk_visit_days'))
    )
    op.create_table('visit_referrers',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('host', sa.String(), nullable=False),
    sa.Column('views', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('day', 'host', name=op.f('pk_visit_referrers'))
    )
    op.create_table('visit_salts',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('day', name=op.f('pk_visit_salts'))
    )
    op.create_table('visit_marks',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('page', sa.String(), nullable=False),
    sa.Column('visitor', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('day', 'page', 'visitor', name=op.f('pk_visit_marks'))
    )
    op.create_table('chosen_settings',
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('value', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_chosen_settings'))
    )
    op.create_table('run_tallies',
    sa.Column('measure', sa.String(), nullable=False),
    sa.Column('demo', sa.String(), nullable=False),
    sa.Column('label', sa.String(), nullable=False),
    sa.Column('amount', sa.Double(), nullable=False),
    sa.PrimaryKeyConstraint('measure', 'demo', 'label', name=op.f('pk_run_tallies'))
    )


def downgrade() -> None:
    op.drop_table('run_tallies')
    op.drop_table('chosen_settings')
    op.drop_table('visit_marks')
    op.drop_table('visit_salts')
    op.drop_table('visit_referrers')
    op.drop_table('visit_days')
