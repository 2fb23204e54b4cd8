"""Processes of their own that have loaded the package already: they fork from one that does nothing else."""

from __future__ import annotations

import multiprocessing

__all__ = ["CONTEXT"]

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(
    [
        "graph.cli",
        "graph.commands.serve",
        "graph.knowledge",
        "graph.publishing",
        "graph.serving.app",
        "graph.serving.server",
        "graph.store",
        "networkx",
        "rdflib",
        "tests.served",
        "tests.test_hostile_input",
    ]
)
