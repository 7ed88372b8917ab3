"""Bear Blog's posts, from its export and as its editor shows them."""

from __future__ import annotations

from app.blog.exchange.sheet import Sheet

NAMES = {
    "link": "slug",
    "published_date": "date",
    "is_page": "page",
    "meta_description": "description",
    "meta_image": "cover",
    "alias": "aliases",
    "canonical_url": "canonical_url",
}


def read(sheet: Sheet) -> Sheet:
    """`sheet` with our keys; its address may have had slashes around it."""
    front = {key: value for key, value in sheet.front.items() if value != ""}
    known = Sheet(sheet.path, front, sheet.body, sheet.remarks).renamed(NAMES).with_aliases()
    if front.get("publish") is False:
        known = known.told(draft=True)
    if isinstance(known.front.get("slug"), str):
        known = known.told(slug=known.front["slug"].strip("/").rpartition("/")[2])
    return known.without("publish").with_cover("cover").with_dates()
