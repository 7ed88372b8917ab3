"""Pictures of strangers are decoded in a process of their own, which has limits, can be killed, and loses nothing else.

The child loads nothing but the decoder.
"""

from __future__ import annotations

import io

from app.algorithms.apart import Apart, TooMuch
from app.algorithms.vision.images import InvalidPicture, decode

SECONDS, MEMORY = 10, 1 << 30
TOO_MUCH = "This picture is too much work to read. Save it again as a plain JPEG or PNG and try that."


def decode_apart(data: bytes, *, max_side: int) -> bytes:
    """`decode` in the child: fresh pixels as PNG bytes. Raises InvalidPicture with a sentence."""
    try:
        return _decoder((data, max_side))
    except TooMuch:
        raise InvalidPicture(TOO_MUCH) from None


def _decoded(question: tuple[bytes, int]) -> bytes:
    data, max_side = question
    out = io.BytesIO()
    decode(data, max_side=max_side).save(out, "PNG", compress_level=1)
    return out.getvalue()


_decoder = Apart(_decoded, name="decoder", seconds=SECONDS, memory=MEMORY)
