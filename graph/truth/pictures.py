"""Pictures: several statements about one picture become one record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from graph.records import Image


class Pictures:
    """Collects pictures by IRI; the largest stated size is used, whatever the order."""

    def __init__(self) -> None:
        self._images: dict[str, Image] = {}

    def add(self, images: Iterable[Image]) -> tuple[str, ...]:
        """Add pictures and return their IRIs."""
        iris = []
        for image in images:
            known = self._images.get(image.iri)
            if known is None or (known is not image and _size(image) > _size(known)):
                self._images[image.iri] = image
            iris.append(image.iri)
        return tuple(iris)

    def records(self) -> Mapping[str, Image]:
        """Return all pictures by IRI, sorted."""
        return dict(sorted(self._images.items()))


def _size(image: Image) -> tuple[int, int, bool, str, tuple[bool, ...]]:
    stated = tuple(value is not None for value in (image.width, image.height, image.cached, image.title))
    return image.width or 0, image.height or 0, bool(image.cached), image.title or "", stated
