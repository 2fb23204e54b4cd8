"""An engine for SPARQL within the page: Oxigraph as WebAssembly, from the npm package `oxigraph`."""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import json
import os
import re
from dataclasses import dataclass, field
from pathlib import Path

from graph.errors import SourceError
from graph.expressions import expression
from graph.truth import Truth
from graph.views import to_ntriples

_SCRIPT, _WASM, _ABOUT = "web.js", "web_bg.wasm", "package.json"
_NAME = "oxigraph"
_MAGIC = b"\0asm"
_PARTS = ("engine-script", "engine-wasm", "triples")
_ELEMENT = expression(
    rb'<script type="application/octet-stream" id="(%b)"[^>]*>[^<]*</script>\n' % "|".join(_PARTS).encode()
)
_LISTED = expression(r"^export \{[^}]*\};?$", re.MULTILINE)
_EXPORT = expression(r"^export (?=(?:async )?(?:function|class|const|let)\b)", re.MULTILINE)
_OF_MODULES = expression(r"^(?:export|import)\b|import\.meta", re.MULTILINE)
_OFFERED = ("function initSync(", "class Store ")
_REMEDY = f"Unpack the npm package: npm pack {_NAME} && tar xzf {_NAME}-*.tgz, and name the folder `package`."


@dataclass(frozen=True, slots=True)
class Engine:
    """The files of an engine."""

    version: str
    """Of the package."""
    licence: str
    """As the package states it."""
    script: bytes = field(repr=False)
    """A script that defines `initSync` and `Store`."""
    wasm: bytes = field(repr=False)
    """The WebAssembly that it needs."""

    @property
    def digest(self) -> str:
        """A digest of everything."""
        parts = (self.version.encode(), self.licence.encode(), self.script, self.wasm)
        return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


def read_engine(folder: str | os.PathLike[str]) -> Engine:
    """Return the engine in an unpacked npm package `oxigraph`.

    Raises:
        SourceError: The folder is missing or holds something else.
    """
    place = Path(folder)
    try:
        about = json.loads((place / _ABOUT).read_bytes())
        name, version, licence = (str(about[key]) for key in ("name", "version", "license"))
        module, wasm = (place / _SCRIPT).read_text(encoding="utf-8"), (place / _WASM).read_bytes()
    except OSError as error:
        raise SourceError(f"{folder}: {error.filename} cannot be read ({error.strerror}). {_REMEDY}") from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise SourceError(f"{place / _ABOUT}: does not describe a package. {_REMEDY}") from error
    if name != _NAME or not wasm.startswith(_MAGIC):
        raise SourceError(f"{folder}: is not the package {_NAME}. {_REMEDY}")
    return Engine(version, licence, _to_script(module, place / _SCRIPT).encode(), wasm)


def _to_script(module: str, path: Path) -> str:
    """Return a module as a script, because a page that is opened from disk may not start a worker with a module."""
    script = _EXPORT.sub("", _LISTED.sub("", module)).replace("import.meta.url", '""')
    if _OF_MODULES.search(script) or not all(offered in script for offered in _OFFERED):
        raise SourceError(f"{path}: is of a version that is not known. Use {_NAME} 0.5.")
    return f'"use strict";\n{script}'


def engine_elements(engine: Engine, truth: Truth) -> str:
    """Return the inert elements of a page that hold the engine and all triples of the graph, compressed, in base64."""
    triples = "".join(to_ntriples(truth)).encode()
    about = json.dumps({"version": engine.version, "licence": engine.licence})
    contents = zip(_PARTS, (engine.script, engine.wasm, triples), strict=True)
    return "".join(
        f'<script type="application/octet-stream" id="{name}"{_about(about) if name == _PARTS[0] else ""}>'
        f"{base64.b64encode(gzip.compress(content, 9, mtime=0)).decode('ascii')}</script>\n"
        for name, content in contents
    )


def added_bytes(page: bytes) -> dict[str, int]:
    """Return how many bytes of a page are the engine and the triples; nothing for a page without an engine."""
    sizes = {found[1].decode(): len(found[0]) for found in _ELEMENT.finditer(page)}
    if not sizes:
        return {}
    triples = sizes.pop("triples", 0)
    return {"engine": sum(sizes.values()), "triples": triples}


def _about(text: str) -> str:
    return f' data-about="{html.escape(text)}"'
