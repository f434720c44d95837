"""The options of `minequota sweep`; imports nothing heavy, the command line reads them at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

ScenarioOrNone = Annotated[
    str | None, typer.Argument(metavar="SCENARIO", help="As in solve; left out with --resume.")
]
Vary = Annotated[
    list[str] | None,
    typer.Option(
        "--vary",
        metavar="PATH=VALUES",
        help="Values FROM:TO:STEP (unit behind it) or A,B,C; x in front: factors. At most twice.",
    ),
]
Sample = Annotated[
    list[str] | None,
    typer.Option(
        "--sample",
        metavar="PATH=DISTRIBUTION|FILE",
        help="Draw from uniform, triangular, normal, lognormal or discrete(…); or a YAML file.",
    ),
]
Number = Annotated[int | None, typer.Option("--number", help="How many cases a sample draws.")]
Seed = Annotated[int | None, typer.Option("--seed", help="Seed of a sample.", show_default="1")]
Method = Annotated[str | None, typer.Option("--method", help="lhs or random.", show_default="lhs")]
Out = Annotated[Path | None, typer.Option("--out", help="Folder to make, or to go on with.")]
Jobs = Annotated[
    int | None, typer.Option("--jobs", help="Processes side by side.", show_default="all cores")
]
Dask = Annotated[
    str | None, typer.Option("--dask", metavar="ADDRESS", help="A cluster, tcp://host:port.")
]
Exact = Annotated[
    bool, typer.Option("--exact", help="Every case exactly as solved alone: the same tables.")
]
Turning = Annotated[
    bool,
    typer.Option(
        "--turning/--no-turning", help="Find where between cases the answer changes in kind."
    ),
]
Chunk = Annotated[
    int | None, typer.Option("--chunk", help="Cases solved in a row.", show_default="25")
]
Solver = Annotated[str | None, typer.Option("--solver", help="As in solve.", show_default="highs")]
Resume = Annotated[
    Path | None, typer.Option("--resume", metavar="FOLDER", help="Go on with what was interrupted.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Show how it ended, not the tables.")]
