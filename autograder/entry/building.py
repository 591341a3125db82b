"""Build both zips from a terminal, and show each step."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Column

from ..zips.build import build
from ..zips.sources import Sources


def build_and_tell(root: Path, config: Path, output: Path) -> None:
    """Build the zips, and print where they are.

    Args:
        root: the folder of the assignment.
        config: the settings file.
        output: the folder for the zips.

    Raises:
        SettingsError: a setting is wrong.
        BuildError: a part is missing, or a zip fails its checks; see ``zips.build``.
    """
    remarks: list[str] = []
    sources, console = Sources(root, config), Console(highlight=False)
    if console.is_terminal:
        with steps(console) as step:
            paths = build(sources, output, step, remarks.append)
    else:
        paths = build(sources, output, click.echo, remarks.append)
    for path in paths:
        click.echo(f"{path}  ({path.stat().st_size / 1024:.0f} kB)")
    for remark in remarks:
        click.echo(remark, err=True)


@contextmanager
def steps(console: Console) -> Iterator[Callable[[str], None]]:
    """Within the block, show each step with its time. The yielded function begins a step."""
    what = TextColumn("{task.description}", table_column=Column(no_wrap=False))  # else the time is cut instead
    with Progress(SpinnerColumn(finished_text="[green]✓[/]"), TimeElapsedColumn(), what, console=console) as progress:
        tasks: list[TaskID] = []

        def finish() -> None:
            if tasks:
                progress.update(tasks[-1], completed=1)

        def step(text: str) -> None:
            finish()
            tasks.append(progress.add_task(text, total=1))

        yield step
        finish()
