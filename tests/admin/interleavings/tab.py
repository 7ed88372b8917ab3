"""A tab with the editor in it, as the page and its script behave: it sends, and takes what comes back."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import urlsplit

from tests.admin.interleavings.history import Event, History, Kind
from tests.admin.interleavings.page import form_at
from tests.admin.interleavings.site import NAME, PASSWORD, Answer, Site

POST = re.compile(r"/admin/posts/(\d+)$")


@dataclass
class Browser:
    cookie: str = ""


@dataclass
class Tab:
    """`values` is what its form would send; empty where no page is open in it."""

    number: int
    site: Site
    browser: Browser
    history: History
    random: Random
    values: dict[str, str] = field(default_factory=dict)
    post: int = 0
    words: int = 0

    # Pages

    def open(self, path: str) -> bool:
        """Opens a page of the editor; False where that is not to be had."""
        answer = self.site.send("GET", path, self.browser.cookie, {}, False)
        if answer is not None and answer.status == 303 and "/sign-in" in answer.location:
            self.sign_in()
            answer = self.site.send("GET", path, self.browser.cookie, {}, False)
        if answer is not None and answer.status == 303 and answer.location.endswith("/copy"):
            return self._choose_on(self.site.send("GET", answer.location, self.browser.cookie, {}, False))
        if answer is None or answer.status != 200:
            self.close()
            return False
        self.post = int(found[1]) if (found := POST.search(path)) else 0
        self.values = form_at(answer.text, path if self.post else "/admin/posts")
        return True

    def close(self) -> None:
        self.values, self.post = {}, 0

    def sign_in(self) -> None:
        answer = self.site.send("POST", "/admin/sign-in", "", {"name": NAME, "password": PASSWORD}, False)
        if answer is not None and answer.cookie:
            self.browser.cookie = answer.cookie
            self.take_token()

    def take_token(self) -> None:
        page = self.site.send("GET", "/admin", self.browser.cookie, {}, False)
        if page is not None and self.values and (found := re.search(r'name="token" value="(\w+)"', page.text)):
            self.values["token"] = found[1]

    # What an author does

    def type(self) -> None:
        """Some words more, or other words instead of most."""
        self.words += 1
        word = f"t{self.number}w{self.words}"
        text = self.values.get("source", "")
        if self.random.random() < 0.12:
            text = ""
        gap = self.random.choice([" ", "\r\n", "\r\n\r\n"])
        self.values["source"] = f"{text}{gap}{word}" + self.random.choice(["", " ", "\r\n"])
        if not self.values.get("title"):
            self.values["title"] = f"Text {word}"

    def keep(self) -> None:
        path = f"/admin/posts/{self.post}/copy" if self.post else "/admin/copies"
        event = self._event("keep" if self.post else "keep text")
        answer = self._send(path, event, json=True)
        if answer is None:
            return
        body = json.loads(answer.text)
        if answer.status == 200:
            event.rev, event.copy = body["rev"], body["copy"]
            self.values |= {"rev": str(body["rev"]), "copy": str(body["copy"])}
        else:
            self._refused(answer, body)

    def save(self, **said: str) -> None:
        self.values |= said
        as_json = self.random.random() < 0.6
        event = self._event("save" if self.post else "create")
        answer = self._send(f"/admin/posts/{self.post}" if self.post else "/admin/posts", event, json=as_json)
        if answer is None:
            return
        if as_json:
            self._saved(answer, event, json.loads(answer.text))
        elif answer.status == 401:
            self._sign_in_and_save(answer, event)
        else:
            self._came_to(answer, event)

    def restore(self) -> None:
        """Takes back one of the revisions, whichever."""
        listed = self.site.send("GET", f"/admin/posts/{self.post}/revisions", self.browser.cookie, {}, False)
        numbers = re.findall(rf"/admin/posts/{self.post}/revisions/(\d+)\"", listed.text) if listed else []
        if not numbers:
            return
        path = f"/admin/posts/{self.post}/revisions/{self.random.choice(numbers)}"
        page = self.site.send("GET", path, self.browser.cookie, {}, False)
        found = re.search(r'id="whole".*?>\n(.*?)</textarea>', page.text, re.DOTALL) if page else None
        if page is None or found is None or f'action="{path}/restore"' not in page.text:
            return
        event = self._event("restore")
        form = form_at(page.text, f"{path}/restore")
        event.text, event.version = found[1], int(form["version"])
        answer = self._send(f"{path}/restore", event, fields=form)
        if answer is not None and answer.status == 303:
            self.open(f"/admin/posts/{self.post}")

    def drop(self) -> None:
        path = f"/admin/posts/{self.post}/copy/drop" if self.post else f"/admin/copies/{self.values.get('copy')}/drop"
        if not self.post and not self.values.get("copy"):
            return
        event = self._event("drop" if self.post else "drop text")
        answer = self._send(path, event, json=True)
        if answer is not None and answer.status == 200:
            self.open(f"/admin/posts/{self.post}" if self.post else "/admin/posts/new")

    def delete(self) -> None:
        path = f"/admin/posts/{self.post}/delete"
        page = self.site.send("GET", path, self.browser.cookie, {}, False)
        if page is None or page.status != 200:
            return
        event = self._event("delete")
        form = form_at(page.text, path)
        event.version, event.text = int(form["version"]), ""
        answer = self._send(path, event, fields=form)
        if answer is not None and answer.status == 303:
            self.close()

    # What comes back

    def _saved(self, answer: Answer, event: Event, body: dict[str, Any]) -> None:
        if answer.status not in (200, 201):
            return self._refused(answer, body)
        event.post = self.post = int(POST.search(body["url"])[1])  # type: ignore[index]
        event.made = body["version"]
        self.values |= {"version": str(body["version"]), "slug": body["slug"], "rev": "0", "copy": ""}
        return None

    def _refused(self, answer: Answer, body: dict[str, Any]) -> None:
        """What the script offers then; the author takes one of it, or goes on and is told again."""
        if answer.status == 401:
            return self.sign_in()
        if answer.status == 409 and not body.get("version") and self.post:
            self.values |= {"version": "0", "rev": "0", "copy": ""}
            self.post = 0
        elif answer.status == 409:
            choice = self.random.choice(["mine", "theirs", "look", "later"])
            if choice == "mine":
                self.values |= {"version": str(body["version"]), "rev": str(body["rev"])}
            elif choice == "theirs":
                self.values |= {**body["theirs"], "version": str(body["version"]), "rev": str(body["rev"])}
            elif choice == "look" and self.post:
                self.open(f"/admin/posts/{self.post}")
        elif answer.status == 422 and not self.post:
            self.values["title"] += " again"  # its first try came through, and the answer was lost
        return None

    def _sign_in_and_save(self, answer: Answer, event: Event) -> None:
        """Without a script: the sign-in page carries the text along, and saves it after the password."""
        form = form_at(answer.text, "/admin/sign-in", "") | {"name": NAME, "password": PASSWORD}
        again = self.history.begin(Event(0, event.kind, self.number, self.site.now()))
        again.post, again.version, again.text = event.post, event.version, event.text
        again.copy, again.seen = event.copy, event.seen
        late = self.site.send("POST", "/admin/sign-in", "", form, False)
        if late is None:
            return
        self.history.end(again, late.status, late.status == 303 and bool(POST.search(late.location)))
        if late.cookie:
            self.browser.cookie = late.cookie
            self._came_to(late, again)

    def _came_to(self, answer: Answer, event: Event) -> None:
        """The page after a form without a script."""
        if answer.status == 303 and (found := POST.search(urlsplit(answer.location).path)):
            event.post = int(found[1])
            event.outcome = "acknowledged"
            self.open(found[0])
        elif answer.status == 409:
            self._choose_on(answer)
        elif answer.status == 422:
            self.values["title"] += " again"

    def _choose_on(self, answer: Answer | None) -> bool:
        """The page with both texts: mine over the other, mine as a new post, or the other."""
        if answer is None or 'id="theirs"' not in answer.text:
            if answer is not None and 'name="source"' in answer.text:  # the post is gone: the text is in a new form
                self.values, self.post = form_at(answer.text, "/admin/posts"), 0
            return False
        path = re.search(r'action="(/admin/posts/(\d+))"', answer.text)
        assert path
        self.post = int(path[2])
        choice = self.random.choice(["mine", "mine", "new", "other"])
        if choice == "other":
            self.values = form_at(answer.text, f"{path[1]}/copy/drop")
            self.drop()
            if "title" not in self.values:  # it was not dropped: this page has no text to go on with
                self.close()
            return False
        self.values = form_at(answer.text, path[1])
        if choice == "new":
            self.post = 0
            self.values["as_new"] = "1"
        self.save()
        self.values.pop("as_new", None)
        return True

    def _event(self, kind: Kind) -> Event:
        event = Event(0, kind, self.number, self.site.now(), post=self.post)
        event.version, event.seen, event.copy = (int(self.values.get(n) or 0) for n in ("version", "rev", "copy"))
        event.text = self.values.get("source", "").replace("\r\n", "\n")
        return self.history.begin(event)

    def _send(
        self, path: str, event: Event, *, json: bool = False, fields: dict[str, str] | None = None
    ) -> Answer | None:
        answer = self.site.send("POST", path, self.browser.cookie, fields or self.values, json)
        if answer is not None:
            page_of_a_post = not answer.location or "/sign-in" not in answer.location
            self.history.end(event, answer.status, answer.status in (200, 201, 303) and page_of_a_post)
        return answer
