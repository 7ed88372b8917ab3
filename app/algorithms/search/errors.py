"""What a search refuses, each as a sentence for the reader."""

from collections.abc import Iterable


class SearchError(ValueError):
    """Something asked for that cannot be searched; its message says what and what to do."""


class BadMap(SearchError):
    """A map that cannot be read."""


class BadPlace(SearchError):
    """A start, goal or other cell that lies inside a wall or outside the map."""


class BadWord(SearchError):
    """A word that is none of the choices."""

    def __init__(self, kind: str, word: object, choices: Iterable[str]) -> None:
        super().__init__(f"There is no {kind} “{word}”. Choose one of: {', '.join(choices)}.")


class BadNumber(SearchError):
    """A number outside what it may be."""


class NotHere(SearchError):
    """An algorithm that does not work on this kind of map."""
