"""second factors of authors, and which browser a session is of"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('accounts', sa.Column('totp_secret', sa.String(), nullable=True))
    op.add_column('accounts', sa.Column('totp_since', sa.DateTime(), nullable=True))
    op.add_column('accounts', sa.Column('totp_step', sa.Integer(), nullable=False, server_default='0'))
    op.add_column('sign_ins', sa.Column('browser', sa.String(), nullable=False, server_default=''))
    op.create_table('recovery_codes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('salt', sa.String(), nullable=False),
    sa.Column('code_hash', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_recovery_codes_account_id_accounts'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recovery_codes'))
    )
    op.create_index(op.f('ix_recovery_codes_account_id'), 'recovery_codes', ['account_id'])
    op.create_table('half_sign_ins',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_half_sign_ins_account_id_accounts'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_half_sign_ins')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_half_sign_ins_token_hash'))
    )
    op.create_index(op.f('ix_half_sign_ins_account_id'), 'half_sign_ins', ['account_id'])


def downgrade() -> None:
    op.drop_table('half_sign_ins')
    op.drop_table('recovery_codes')
    op.drop_column('sign_ins', 'browser')
    op.drop_column('accounts', 'totp_step')
    op.drop_column('accounts', 'totp_since')
    op.drop_column('accounts', 'totp_secret')
