"""What authors choose over the environment: on every page at once, checked in sentences, and taken back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask
from werkzeug.test import Client

from app import create_app, site
from app.config import Settings
from app.db import db
from app.errors import BadSetting, InvalidInput

Choose = Callable[..., None]


@pytest.fixture
def apps(app: Flask, settings: Settings) -> Iterator[list[Flask]]:
    """Two processes of one site."""
    other = create_app(settings)
    yield [app, other]
    other.extensions["jobs"].stop()
    with other.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def choose(app: Flask) -> Choose:
    def choose(**values: str) -> None:
        with app.app_context():
            site.choose(values)

    return choose


def test_what_is_chosen_is_on_kept_pages_of_every_process_at_once(apps: list[Flask], choose: Choose) -> None:
    readers = [Client(app.wsgi_app) for app in apps]
    for name in ("Playpress", "The Dune", "Another"):
        if name != "Playpress":
            choose(NAME=name)
        for reader in readers:
            for address in ("/", "/feed.atom", "/archive", "/opensearch.xml"):
                assert name in reader.get(address).text, address


def test_every_place_that_names_the_site_names_the_chosen(app: Flask, choose: Choose) -> None:
    choose(NAME="The Dune", TAGLINE="Sand, counted.", AUTHOR="Ada L.", REPLY="ada@press.example")
    reader = Client(app.wsgi_app)
    home, feed = reader.get("/").text, json.loads(reader.get("/feed.json").text)
    assert '"name": "The Dune"' in home
    assert '<p class="lede">Sand, counted.</p>' in home
    assert (feed["title"], feed["description"], feed["authors"]) == ("The Dune", "Sand, counted.", [{"name": "Ada L."}])
    with app.test_request_context():
        assert site.present().REPLY == "ada@press.example"


def test_links_stand_in_the_foot_of_every_page_and_on_the_home_page(app: Flask, choose: Choose) -> None:
    choose(LINKS="  My code   https://example.org/me \n\nMail mailto:ada@press.example\n")
    reader = Client(app.wsgi_app)
    link = '<a href="https://example.org/me" rel="me">My code</a>'
    assert reader.get("/").text.count(link) == 2
    assert reader.get("/archive").text.count(link) == 1


def test_a_value_of_the_environments_is_not_kept(app: Flask, choose: Choose) -> None:
    choose(NAME="The Dune", AUTHOR="Ada")
    choose(NAME="Playpress")
    with app.app_context():
        assert site.chosen() == {"AUTHOR": "Ada"}
        site.reset("AUTHOR")
        assert site.chosen() == {}
        assert site.present() == app.config["SETTINGS"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("NAME", "  "),
        ("NAME", "x" * 61),
        ("TAGLINE", "x" * 301),
        ("REPLY", "ada"),
        ("REPLY", "http://press.example"),
        ("LINKS", "https://no-title.example"),
        ("LINKS", "Bad javascript:alert(1)"),
        ("LINKS", 'Bad https://a"onclick=x'),
        ("LINKS", "\n".join(f"L{n} /l{n}" for n in range(13))),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_kept(app: Flask, name: str, value: str) -> None:
    with app.app_context():
        with pytest.raises(InvalidInput) as refusal:
            site.choose({"AUTHOR": "Ada", name: value})
        assert list(refusal.value.problems) == [name]
        assert site.chosen() == {}


def test_links_of_the_environment_stand_in_one_line(settings: Settings) -> None:
    app = create_app(replace(settings, LINKS="My code https://example.org/me; Mail mailto:ada@press.example"))
    with app.app_context():  # there is no table yet, and the environment holds
        found = [tuple(link) for link in site.links()]
        db.engine.dispose()
    assert found == [("My code", "https://example.org/me"), ("Mail", "mailto:ada@press.example")]
    with pytest.raises(BadSetting, match="LINKS: Line 2"):
        create_app(replace(settings, LINKS="Code https://example.org; nonsense"))
