"""pages beside posts, the addresses that posts once had, the words that readers search, and editions of all that"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

# As app/blog/search.py makes it; a migration keeps its own copy, so that it does the same for ever.
WORDS = """
CREATE VIRTUAL TABLE post_words USING fts5(
    title, description, tags, text, tokenize = "unicode61 remove_diacritics 2", prefix = "3"
)
"""


def upgrade() -> None:
    op.add_column('posts', sa.Column('kind', sa.String(), nullable=False, server_default='post'))
    op.create_index('ix_posts_kind_status_published_at', 'posts', ['kind', 'status', 'published_at'])
    op.create_table('former_addresses',
    sa.Column('slug', sa.String(), nullable=False),
    sa.Column('post_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['post_id'], ['posts.id'], name=op.f('fk_former_addresses_post_id_posts'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('slug', name=op.f('pk_former_addresses'))
    )
    op.create_index(op.f('ix_former_addresses_post_id'), 'former_addresses', ['post_id'])
    op.create_table('editions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_editions'))
    )
    if op.get_bind().dialect.name == 'sqlite':
        op.execute(WORDS)


def downgrade() -> None:
    if op.get_bind().dialect.name == 'sqlite':
        op.execute('DROP TABLE IF EXISTS post_words')
    op.drop_table('editions')
    op.drop_index(op.f('ix_former_addresses_post_id'), 'former_addresses')
    op.drop_table('former_addresses')
    op.drop_index('ix_posts_kind_status_published_at', 'posts')
    op.drop_column('posts', 'kind')
