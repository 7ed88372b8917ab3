"""What stands in the way of a text that was typed: it is refused with what is there, and nothing is overwritten."""

from __future__ import annotations

from app.blog.models import Post, WorkingCopy
from app.errors import Conflict


class EditConflict(Conflict):
    """The post was saved by somebody else since it was opened; `post` is what it is now."""

    def __init__(self, post: Post) -> None:
        super().__init__("This post was changed elsewhere since you opened it. Nothing of yours is lost.")
        self.post = post


class CopyConflict(Conflict):
    """Another tab has kept a text that the one that asks has not seen; `fields` is it, and `rev` its number."""

    def __init__(self, copy: WorkingCopy) -> None:
        super().__init__("Another tab or device has kept a newer text of this. Yours is still in this page.")
        self.rev, self.fields, self.version = copy.rev, dict(copy.fields), copy.base_version


class Deleted(Conflict):
    """The post went away while it was being edited."""

    def __init__(self) -> None:
        super().__init__("This post was deleted meanwhile. Your text is here; saving makes a new post of it.")
