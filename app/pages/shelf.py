"""Where answers stand until their moment is over: at most so many bytes of them, those asked for last."""

from __future__ import annotations

import threading
from collections import OrderedDict

from app.pages.answer import Answer
from app.pages.edition import Moment

Key = tuple[str, ...]

MOST_BYTES = 32 * 2**20


class Shelf:
    """Answers of one moment, drawn with the sheets and scripts of one stamp."""

    def __init__(self, moment: Moment, stamp: int, most: int) -> None:
        self.moment, self.stamp, self.most = moment, stamp, most
        self.lock = threading.Lock()
        self.answers: OrderedDict[Key, Answer] = OrderedDict()
        self.bytes = 0

    def get(self, key: Key) -> Answer | None:
        with self.lock:
            if answer := self.answers.get(key):
                self.answers.move_to_end(key)
            return answer

    def put(self, key: Key, answer: Answer) -> None:
        with self.lock:
            if old := self.answers.pop(key, None):
                self.bytes -= old.size
            self.answers[key] = answer
            self.bytes += answer.size
            while self.bytes > self.most:
                self.bytes -= self.answers.popitem(last=False)[1].size
