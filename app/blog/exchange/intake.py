"""Posts from a parcel: looked through first, so that an author sees what would happen; then taken in, each for itself.

A file that does not say all of a post leaves the rest as it is. What an author has changed here since a file came in
last is not overwritten unasked, and the text before is in the post's history in any case.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from app.algorithms.vision.images import InvalidPicture
from app.blog import editing, former, rendering
from app.blog.draft import Remark, Rendered
from app.blog.exchange import history, luggage, parcel, reading
from app.blog.exchange.luggage import Luggage, Packed
from app.blog.exchange.parcel import Parcel
from app.blog.exchange.reading import Read
from app.blog.figures import Shown
from app.blog.filling import filled
from app.blog.manuscript import Manuscript, refuse
from app.blog.models import Post
from app.blog.patience import draft_in_time
from app.blog.transfer import manuscript_of
from app.errors import AppError, Conflict

Outcome = Literal["new", "replaces", "kept", "same", "refused", "added", "replaced"]

COMING = Shown(1, 1, files=(("", 1),))  # stands for a picture that is in the parcel and not in the library yet
TAKEN = "“{}” has the address “{}” already, and comes in with this."
EDITED = "This post was changed here since it came in last ({}). Ask to replace it; what is there stays in its history."


class Edited(Conflict):
    """The post that a file would overwrite was changed here."""

    def __init__(self, post: Post) -> None:
        super().__init__(EDITED.format(post.updated_at.strftime("%Y-%m-%d %H:%M")))
        self.post_id, self.slug = post.id, post.slug


@dataclass(frozen=True)
class Arrival:
    """What became of a file, or would become of it, and what its author should look at."""

    path: str
    outcome: Outcome
    slug: str = ""
    title: str = ""
    status: str = ""
    sentence: str = ""  # why it is refused
    remarks: tuple[Remark, ...] = ()
    post_id: int | None = None
    error: AppError | None = None


@dataclass
class Intake:
    """One parcel on its way in. Without `replace`, posts that are there stay as they are."""

    parcel: Parcel
    replace: bool = False
    author: str = ""
    insists: bool = True  # also where the post was changed here since
    insisted: Collection[str] = ()  # or for these files alone
    onto: Post | None = None  # the post that the only text is meant for, whatever address it says
    slugs: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.luggage = Luggage(self.parcel)

    def looked_through(self) -> Iterator[Arrival]:
        """What would become of each file; nothing is written."""
        for path in self.parcel.texts:
            yield self._each(path, self._look)

    def taken_in(self, only: Collection[str] | None = None) -> Iterator[Arrival]:
        """Each file's post as it is kept; one that is refused holds up no other. `only` names those that are meant."""
        for path in self.parcel.texts:
            if only is None or path in only:
                yield self._each(path, self._take_in)

    def _each(self, path: str, do: Callable[[str], Arrival]) -> Arrival:
        try:
            return do(path)
        except Edited as error:
            return Arrival(path, "refused", error.slug, sentence=error.message, post_id=error.post_id, error=error)
        except AppError as error:
            return Arrival(path, "refused", sentence=error.message, error=error)
        except InvalidPicture as refusal:
            return Arrival(path, "refused", sentence=str(refusal), error=AppError(str(refusal)))

    def _look(self, path: str) -> Arrival:
        there, manuscript, packed, read = self._opened(path)
        self._check(manuscript, packed, there)
        told = Arrival(path, "new", manuscript.slug, manuscript.title, manuscript.status)
        if there is not None:
            same = self._is_same(there, manuscript, packed)
            told = replace(told, outcome="same" if same else "replaces", post_id=there.id)
        outcome = self._rendered(manuscript, packed)
        if manuscript.status == "published" and told.outcome != "same":
            refuse(rendering.refusal(outcome))
        return replace(told, remarks=(*(Remark(1, sentence) for sentence in read.remarks), *outcome.warnings))

    def _take_in(self, path: str) -> Arrival:
        there, manuscript, packed, read = self._opened(path)
        told = Arrival(path, "added", manuscript.slug, manuscript.title, manuscript.status)
        if there is not None and (not self.replace or self._is_same(there, manuscript, packed)):
            same = self._is_same(there, manuscript, packed)
            return replace(told, outcome="same" if same else "kept", post_id=there.id, slug=there.slug)
        refuse(editing.settled(manuscript).check())
        luggage.take_in(packed, self.parcel, self.luggage.alts())
        if there is None:
            post = editing.create(manuscript, kind="import", author=self.author)
        else:
            post = editing.save(there.id, there.version, manuscript, kind="import", author=self.author)
            told = replace(told, outcome="replaced")
        return replace(told, post_id=post.id, slug=post.slug, remarks=tuple(Remark(1, each) for each in read.remarks))

    def _opened(self, path: str) -> tuple[Post | None, Manuscript, Packed, Read]:
        """The post that a file means, what it says, and its pictures. Raises AppError."""
        read = reading.read(self.parcel, path)
        there = self.onto or history.meant(read.manuscript)
        self.luggage.parcel = self.parcel = self.parcel.besides(read.figures)
        slug = there.slug if there else editing.settled(read.manuscript).slug
        packed = self.luggage.packed(
            read.manuscript.source, read.manuscript.cover, path, slug, there.id if there else None
        )
        manuscript = replace(read.manuscript, source=packed.text, cover=packed.cover)
        manuscript = history.merged(manuscript, read, there) if there else _dated(manuscript)
        self._claim(path, manuscript.slug or slug)
        insists = self.insists or path in self.insisted
        if there is not None and not insists and history.edited(there, manuscript):
            raise Edited(there)
        return there, manuscript, packed, read

    def _claim(self, path: str, slug: str) -> None:
        if self.slugs.setdefault(slug, path) != path:
            raise AppError(TAKEN.format(self.slugs[slug], slug))

    def _check(self, manuscript: Manuscript, packed: Packed, there: Post | None) -> None:
        """All that saving would refuse. Raises AppError."""
        refuse(editing.settled(manuscript).check())
        addresses = (editing.settled(manuscript).slug, *manuscript.aliases)
        for sentence in (former.refusal(address, there.id if there else None) for address in addresses):
            if sentence:
                raise AppError(sentence)
        for file in packed.names.values():
            try:
                luggage.check(self.parcel.read(file))
            except InvalidPicture as refusal:
                raise AppError(f"{file}: {refusal}") from None

    def _is_same(self, there: Post, manuscript: Manuscript, packed: Packed) -> bool:
        known = manuscript_of(there)
        wanted = replace(manuscript, updated_at=manuscript.updated_at or known.updated_at)
        if replace(wanted, aliases=()) != replace(known, aliases=()) or set(wanted.aliases) - set(known.aliases):
            return False
        return all(self._has(name, file) for name, file in packed.names.items())

    def _has(self, name: str, file: str) -> bool:
        picture = luggage.latest(name)
        return picture is not None and luggage.is_kept(picture, self.parcel.read(file))

    def _rendered(self, manuscript: Manuscript, packed: Packed) -> Rendered:
        """The page as it would be, with the pictures that are on their way."""
        draft = draft_in_time(manuscript.source)
        known = rendering.shelf.found(image.text for image in draft.images)
        alts = self.luggage.alts()
        coming = {name: replace(COMING, alt=alts.get(name, "")) for name in packed.names}
        find = lambda address: known.get(address) or coming.get(address.removeprefix("./"))  # noqa: E731
        return filled(draft, rendering.embed(), find, lambda address: True)


def _dated(manuscript: Manuscript) -> Manuscript:
    """A post that was never here was last changed when it appeared, unless its file says otherwise."""
    return replace(manuscript, updated_at=manuscript.updated_at or manuscript.published_at)


def import_posts(path: Path, *, replace: bool = False) -> list[Arrival]:
    """Takes in a folder, a file or a zip; posts that are there already stay as they are, unless `replace`."""
    return list(Intake(parcel.of_path(path), replace=replace).taken_in())
