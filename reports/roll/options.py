"""The options of `minequota roll`; imports nothing heavy, the command line reads them at once."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Unreported(StrEnum):
    """What is done about a mine with a quota that the table leaves out."""

    refuse = "refuse"
    quota = "quota"
    zero = "zero"


Run = Annotated[Path, typer.Argument(metavar="RUN", help="Last year's run folder.")]
Actual = Annotated[
    Path | None, typer.Argument(metavar="ACTUAL", help="The year's actual outputs, XLSX or CSV.")
]
Form = Annotated[
    Path | None, typer.Option("--form", help="Write a table for ACTUAL, to be filled in; no more.")
]
Out = Annotated[Path | None, typer.Option("--out", help="Folder of the next year; must not exist.")]
Events = Annotated[
    Path | None, typer.Option("--events", help="What happened in the year, as events.csv.")
]
Year = Annotated[
    int | None, typer.Option("--year", help="Year passed.", show_default="the run's first")
]
AsPlanned = Annotated[
    bool, typer.Option("--as-planned", help="Book the run's decisions as carried out.")
]
ExtendPlan = Annotated[
    bool, typer.Option("--extend-plan", help="The plan's last year holds on past its period.")
]
Missing = Annotated[
    Unreported, typer.Option("--missing", help="Mines with a quota that the table leaves out.")
]
ConfirmLarge = Annotated[
    list[str] | None,
    typer.Option(
        "--confirm-large", metavar="LICENCE", help="Its output is right, large as it is; repeat."
    ),
]
Tolerance = Annotated[
    float, typer.Option("--tolerance", min=0, max=1, help="Share a quota may be exceeded by.")
]
