"""Posts out to a folder of Markdown files, as they come in again: the same bytes."""

from __future__ import annotations

from pathlib import Path

from app.blog import editing, former, frontmatter
from app.blog.manuscript import Manuscript
from app.blog.models import Post
from app.blog.pictures import shelf


def export_posts(folder: Path) -> int:
    """Writes every post, drafts too, as <slug>.md into `folder`, with its pictures beside it; how many posts."""
    folder.mkdir(parents=True, exist_ok=True)
    posts = editing.everything()
    for post in posts:
        export_post(post, folder)
    return len(posts)


def export_post(post: Post, folder: Path) -> None:
    """Raises FileNotFoundError, with the text written, where a picture of the post is not there."""
    (folder / f"{post.slug}.md").write_bytes(frontmatter.write(manuscript_of(post)).encode())
    shelf.put_beside(folder, f"{post.source}\n{post.cover}")


def manuscript_of(post: Post) -> Manuscript:
    """The post as its author wrote it."""
    copied = {name: getattr(post, name) for name in editing.COPIED.split()}
    return Manuscript(**copied, tags=tuple(post.tags), aliases=former.addresses_of(post))
