"""Draws with matplotlib, and adapts its SVG to a page with a strict policy and a dark mode.

Matplotlib writes colours and fonts as `style` attributes, which the policy of the page forbids. They become attributes
and classes, which `plots.css` colours. Texts stay texts.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, cast
from xml.etree import ElementTree

from graph.errors import GraphError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK = "#000000"
"""The colour of texts and axes."""
ACCENT = "#010203"
"""The colour of data."""
_NAMES = {INK: "ink", ACCENT: "accent"}

_WIDTH = 420
"""Points: a phone shows it whole, with letters that can still be read."""
_POINTS = 72
_SETTINGS: Mapping[str, object] = {
    "svg.fonttype": "none",
    "text.parse_math": False,  # a `$` in a label is a dollar sign
    "font.size": 12,
    "xtick.labelsize": 11,
    "ytick.labelsize": 11,
    "axes.titlesize": 12,
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": False,
    "grid.alpha": 0.2,
    "axes.axisbelow": True,
}
_NOTHING = {"Creator": None, "Date": None, "Format": None, "Type": None}
_NUMBER = re.compile(r"-?\d+\.\d+")
_REFERENCE = re.compile(r"#([\w-]+)")
_SPACE = "http://www.w3.org/2000/svg"


def check_drawing() -> None:
    """Check that matplotlib is installed.

    Raises:
        GraphError: It is not.
    """
    try:
        import matplotlib  # noqa: F401 - only whether it is there
    except ModuleNotFoundError as error:
        message = f"{error.name} is not installed; it draws the plots. Run: pip install 'article-graph[report]'"
        raise GraphError(message) from error


def draw(name: str, height: float, paint: Callable[[Figure], None]) -> str:
    """Return an SVG element, 420 by `height` points, that `paint` paints with `INK` and `ACCENT`.

    The same picture gives the same text, whatever the user's settings of matplotlib are. Identifiers are unique among
    different `name`.

    Raises:
        GraphError: matplotlib is not installed.
    """
    check_drawing()
    import matplotlib as mpl
    from matplotlib.figure import Figure

    written = io.StringIO()
    with mpl.rc_context(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about letters that its font lacks: the reader's fonts have them
        mpl.rcdefaults()
        mpl.rcParams.update(cast("Any", {**_SETTINGS, "svg.hashsalt": name}))  # it types every name
        figure = Figure(figsize=(_WIDTH / _POINTS, height / _POINTS), layout="constrained")
        paint(figure)
        figure.savefig(written, format="svg", transparent=True, metadata=_NOTHING)
    return _fit(written.getvalue())


def count_from_zero(axes: Axes, most: int) -> None:
    """Make the vertical axis of numbers of articles go from 0 to the highest, with whole numbers and a grid."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axes.set_ylim(0, most * 1.05)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda count, _: f"{count:,.0f}"))
    axes.grid(axis="y")


def _fit(written: str) -> str:
    """Return the SVG element of a file that matplotlib wrote, without styles, empty groups and needless names."""
    root = ElementTree.fromstring(written)  # noqa: S314 - matplotlib wrote it
    used: set[str] = set()
    for element in root.iter():
        element.tag = element.tag.partition("}")[2] or element.tag
        _fit_attributes(element)
        for key in ("href", "clip-path"):
            used.update(_REFERENCE.findall(element.get(key, "")))
    for element in root.iter():
        if element.get("id") not in used:
            element.attrib.pop("id", None)
        for child in list(element):
            if child.tag in {"metadata", "style"} or _is_unseen(child):
                element.remove(child)
        if element.tag != "text":
            element.text = None
        element.tail = None
    for key in ("width", "height", "version"):
        root.attrib.pop(key, None)
    root.set("xmlns", _SPACE)
    return ElementTree.tostring(root, encoding="unicode")


def _fit_attributes(element: ElementTree.Element) -> None:
    attributes = {key.partition("}")[2] or key: value for key, value in element.attrib.items()}
    declarations = [one.partition(":") for one in attributes.pop("style", "").split(";")]
    classes = []
    for key, value in ((key.strip(), value.strip()) for key, _, value in declarations if value):
        if key in {"fill", "stroke"} and value in _NAMES:
            classes.append(f"{key}-{_NAMES[value]}")
        elif key != "font-family":
            attributes[key] = value
    if classes:
        attributes["class"] = " ".join(classes)
    if attributes.get("transform", "").startswith("rotate(-0 "):
        del attributes["transform"]
    element.attrib.clear()
    for key, value in attributes.items():
        is_text = key in {"aria-label", "id"}
        element.set(key, value if is_text else _NUMBER.sub(_shortened, " ".join(value.split())))


def _is_unseen(element: ElementTree.Element) -> bool:
    """Return whether an element is a background without colours."""
    return (
        element.tag == "path" and element.get("fill") == "none" and not {"class", "stroke", "id"} & set(element.keys())
    )


def _shortened(number: re.Match[str]) -> str:
    return f"{float(number[0]):.2f}".rstrip("0").rstrip(".")
