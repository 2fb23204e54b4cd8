"""The report of a graph: plots, answers and problems, as one HTML page or as Markdown with SVG files.

>>> import graph
>>> from graph.reporting import make_report, to_page
>>> page = to_page(make_report(graph.build("seeds")))
"""

from __future__ import annotations

from graph.reporting.drawing import check_drawing
from graph.reporting.markdown import plot_files, to_markdown
from graph.reporting.page import to_page
from graph.reporting.parts import Report
from graph.reporting.report import make_report
from graph.reporting.writing import FORMS, write_report

__all__ = ["FORMS", "Report", "check_drawing", "make_report", "plot_files", "to_markdown", "to_page", "write_report"]
