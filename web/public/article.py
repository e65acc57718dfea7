"""An item as search engines read it: schema.org NewsArticle as JSON-LD (https://schema.org/NewsArticle)."""

from __future__ import annotations

from desk.publishing.shown_image import ShownImage
from desk.publishing.shown_item import ItemView
from desk.settings import Settings
from news.days import rfc3339


def news_article(view: ItemView, settings: Settings, language: str) -> dict[str, object]:
    """The item of ``view`` as JSON values, its sections named in ``language``. What it does not have is left out."""
    item = view.item
    assert item.published is not None, "a visible item has a date"
    said: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "mainEntityOfPage": view.url,
        "headline": item.title,
        "datePublished": view.machine_date,
        "dateModified": rfc3339(max(item.updated, item.published)),
        "inLanguage": item.language,
        "description": view.lead,
        "articleSection": [category.name(language) for category in view.categories],
        "author": _author(view, settings),
        "publisher": _newsroom(settings),
        "image": [_image(view.picture)] if view.picture else [],
        "isBasedOn": item.link if item.origin else None,
    }
    return {name: value for name, value in said.items() if value}


def _author(view: ItemView, settings: Settings) -> dict[str, object]:
    """Its author; or else the source it was collected from, or the newsroom itself."""
    if view.item.author:
        return {"@type": "Person", "name": view.item.author}
    return {"@type": "Organization", "name": view.source_name} if view.source_name else _newsroom(settings)


def _newsroom(settings: Settings) -> dict[str, object]:
    return {"@type": "NewsMediaOrganization", "name": settings.title, "url": f"{settings.base_url}/"}


def _image(image: ShownImage) -> dict[str, object]:
    said = {
        "url": image.url, "caption": image.alt, "width": image.width, "height": image.height,
        "creditText": image.credit,
    }  # fmt: skip
    return {"@type": "ImageObject"} | {name: value for name, value in said.items() if value}
