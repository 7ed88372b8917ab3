"""The places of the admin's bar, in their order. Whoever adds a page adds its line."""

from __future__ import annotations

from typing import NamedTuple


class Place(NamedTuple):
    """A page in the bar, and the endpoints that lie behind it and belong to it."""

    endpoint: str
    title: str
    inside: tuple[str, ...] = ()
    told: str = ""  # the name in the templates’ context of how many things wait there for the author


PLACES = (
    Place("admin.index", "All posts"),
    Place("admin.new", "New post"),
    Place(
        "admin.pictures",
        "Pictures",
        (
            "admin.take_in_picture",
            "admin.picture",
            "admin.describe_picture",
            "admin.delete_picture",
            "admin.unused_pictures",
        ),
    ),
    Place("admin.checks", "Checks"),
    Place("admin.exchange", "Import, export", ("admin.hand_in", "admin.look_through", "admin.take_in_posts")),
    Place("admin.statistics", "Statistics"),
    Place(
        "admin.work",
        "Runs",
        ("admin.loads", "admin.reports", "admin.try_again", "admin.erase_on_request"),
        told="reported",
    ),
    Place("admin.settings", "Settings", ("admin.choose_settings",)),
)
