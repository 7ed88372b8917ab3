"""Maps as files for the bench: bytes behind one another, row by row; whoever puts one in is told where it lies."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


class Packed:
    """Files by name that grow as maps are put in."""

    def __init__(self) -> None:
        self._files: dict[str, bytearray] = {}

    def put(self, name: str, map: NDArray[np.uint8]) -> list[int]:
        """Put a map (h, w) into the file of this name: its offset there, its width and its height."""
        file = self._files.setdefault(name, bytearray())
        offset = len(file)
        file += np.ascontiguousarray(map).tobytes()
        return [offset, map.shape[1], map.shape[0]]

    @property
    def files(self) -> dict[str, bytes]:
        return {name: bytes(file) for name, file in self._files.items()}
