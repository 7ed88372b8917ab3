"""What was made a moment ago, by all that it was made of: a preview makes only what has changed since the last key."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Recent(Generic[Value]):
    """The last so many values that were asked for. What raises is not kept."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.values: OrderedDict[Hashable, Value] = OrderedDict()
        self.lock = Lock()

    def of(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """The value of `key`, made where it is not there. Two who ask at once may both make it."""
        with self.lock:
            if key in self.values:
                self.values.move_to_end(key)
                return self.values[key]
        value = make()
        with self.lock:
            self.values[key] = value
            while len(self.values) > self.most:
                self.values.popitem(last=False)
        return value
