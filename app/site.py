"""What the site says of itself: the settings that the author may choose on a page, over those of the environment.

Invariant: within one request they are read once. Their table is among those that kept pages follow, so a change is on
every page at once, in every process.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from flask import current_app, g
from sqlalchemy import Text, delete, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.local import LocalProxy

from app.config import Settings
from app.db import Base, db, writing
from app.errors import BadSetting, InvalidInput

if TYPE_CHECKING:
    from flask import Flask

LONGEST = {"NAME": 60, "TAGLINE": 300, "AUTHOR": 80, "REPLY": 200, "LINKS": 2000}  # characters; these can be chosen
MOST_LINKS, LONGEST_TITLE = 12, 40
MAIL = re.compile(r"[^@\s<>?&]+@[^@\s<>?&]+")
ADDRESS = re.compile(r"(https?://[^\s<>\"]+|mailto:[^@\s<>\"]+@[^\s<>\"]+|/[^\s<>\"]*)")
NO_REPLY = "This can be an e-mail address, or one that begins with https://."
NO_NAME = "The site needs a name."
NO_LINK = "Line {}: write a title and then an address, such as “Code https://example.org/me”."


class ChosenSetting(Base):
    """A setting that somebody has chosen; the environment's holds where there is no row."""

    __tablename__ = "chosen_settings"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class Link(NamedTuple):
    title: str
    address: str


def init_app(app: Flask) -> None:
    """Templates call it `site`, and find all settings there. Raises BadSetting for a default that cannot be."""
    defaults = {name: _tidied(name, getattr(app.config["SETTINGS"], name)) for name in LONGEST}
    for name, problem in check(defaults).items():
        raise BadSetting(f"{name}: {problem}")
    app.jinja_env.globals["site"] = LocalProxy(present)
    app.jinja_env.globals["site_links"] = links


def present() -> Settings:
    """The settings as they are now."""
    if "site" not in g:
        g.site = _overlaid(current_app.config["SETTINGS"])
    return cast(Settings, g.site)


def links() -> list[Link]:
    """What stands in the foot of every page, as it is written in LINKS."""
    return _links(present().LINKS)


def chosen() -> dict[str, str]:
    """Which settings are chosen, and how."""
    rows = db.session.execute(select(ChosenSetting.name, ChosenSetting.value))
    return {name: value for name, value in rows if name in LONGEST}


def choose(values: Mapping[str, str]) -> None:
    """From now on these hold; one that says what the environment says is the environment's again.

    Raises InvalidInput with a sentence for each that cannot be.
    """
    given = {name: _tidied(name, values[name]) for name in LONGEST if name in values}
    if problems := check(given):
        raise InvalidInput(problems)
    defaults: Settings = current_app.config["SETTINGS"]
    with writing() as session:
        for name, value in given.items():
            session.execute(delete(ChosenSetting).where(ChosenSetting.name == name))
            if value != _tidied(name, getattr(defaults, name)):
                session.add(ChosenSetting(name=name, value=value))
    g.pop("site", None)


def reset(name: str) -> None:
    """What the environment says holds again."""
    with writing() as session:
        session.execute(delete(ChosenSetting).where(ChosenSetting.name == name))
    g.pop("site", None)


def check(values: Mapping[str, str]) -> dict[str, str]:
    """A sentence for each value that cannot be, by its name."""
    return {name: problem for name, value in values.items() if (problem := _problem(name, value))}


def _problem(name: str, value: str) -> str:
    if len(value) > LONGEST[name]:
        return f"This may have {LONGEST[name]:,} characters at most."
    if name == "NAME" and not value:
        return NO_NAME
    if name == "REPLY" and value and not MAIL.fullmatch(value) and not re.fullmatch(r"https://\S+", value):
        return NO_REPLY
    return _problem_of_links(value) if name == "LINKS" else ""


def _problem_of_links(value: str) -> str:
    lines = _lines(value)
    for number, line in enumerate(lines, 1):
        title, _, address = line.rpartition(" ")
        if not title.strip() or len(title) > LONGEST_TITLE or not ADDRESS.fullmatch(address):
            return NO_LINK.format(number)
    return f"There is room for {MOST_LINKS} links." if len(lines) > MOST_LINKS else ""


def _links(value: str) -> list[Link]:
    split = [line.rpartition(" ") for line in _lines(value)]
    return [Link(title.strip(), address) for title, _, address in split]


def _lines(value: str) -> list[str]:
    """One link each; an environment has no lines, so there “; ” ends them too."""
    return [" ".join(line.split()) for line in re.split(r"\n|;\s", value) if line.strip()]


def _tidied(name: str, value: str) -> str:
    return "\n".join(_lines(value)) if name == "LINKS" else " ".join(value.split())


def _overlaid(settings: Settings) -> Settings:
    try:
        over: dict[str, Any] = chosen()
    except SQLAlchemyError:  # not there yet, or of an older version: error pages are drawn all the same
        db.session.rollback()
        return settings
    return replace(settings, **over) if over else settings
