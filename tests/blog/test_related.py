from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from math import log

import pytest
from flask import Flask
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from app.blog import archive, editing
from app.blog.related import related
from app.db import now

Publish = Callable[..., int]
tag_sets = st.lists(st.sets(st.sampled_from("abcd"), max_size=3), min_size=2, max_size=8)


def titles(slug: str, beside: tuple[int, ...] = ()) -> list[str]:
    return [post.title for post in related(archive.post(slug), beside)]


@examples(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tag_sets)
def test_the_rarer_the_tags_that_are_shared_the_nearer(app: Flask, publish: Publish, tag_sets: list[set[str]]) -> None:
    posts = {publish(f"Post {n}", slug=f"p{n}", tags=tuple(sorted(tags))): tags for n, tags in enumerate(tag_sets)}
    counts = Counter(tag for tags in posts.values() for tag in tags)
    with app.test_request_context():
        for post_id, tags in posts.items():
            rarity = {
                other: sum(log((len(posts) + 1) / counts[tag]) for tag in tags & theirs)
                for other, theirs in posts.items()
                if other != post_id
            }
            found = [rarity[post.id] for post in related(editing.get(post_id))]
            best = sorted((worth for worth in rarity.values() if worth > 0), reverse=True)[:3]
            assert found == pytest.approx(best)
        for post_id in posts:
            editing.delete(post_id)


def test_of_equally_tagged_posts_the_one_with_its_words_comes_first(app: Flask, publish: Publish) -> None:
    publish("Gradient descent", tags=("t",), description="How a loss falls.")
    publish("Whales", tags=("t",))
    publish("The loss of a gradient", tags=("t",))
    publish("Trains", tags=("t",))
    with app.test_request_context():
        assert titles("gradient-descent")[0] == "The loss of a gradient"


def test_rare_words_stand_in_for_tags_and_common_ones_do_not(app: Flask, publish: Publish) -> None:
    publish("Convolution kernels explained")
    publish("Convolution kernels again")
    for number in range(40):
        publish(f"What the weather was on day {number}", description="And what it will be.")
    publish("What else there was", description="And what it will be.")
    with app.test_request_context():
        assert titles("convolution-kernels-explained") == ["Convolution kernels again"]
        assert titles("what-else-there-was") == []


def test_neither_itself_nor_what_stands_beside_nor_what_is_hidden(app: Flask, publish: Publish) -> None:
    publish("One", tags=("t",))
    beside = publish("Two", tags=("t",))
    publish("Draft", tags=("t",), status="draft")
    publish("Tomorrow", tags=("t",), published_at=now() + timedelta(days=1))
    publish("A page", tags=("t",), kind="page")
    publish("Three", tags=("t",))
    with app.test_request_context():
        assert titles("one", (beside,)) == ["Three"]
