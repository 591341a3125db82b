"""Build both zips from a terminal, and show each step."""

from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from ..zips.build import build
from ..zips.sources import Sources


def build_and_tell(root: Path, config: Path, output: Path) -> None:
    """Build the zips, and print where they are.

    Args:
        root: the project's folder.
        config: the settings file.
        output: the folder for the zips.

    Raises:
        SettingsError: a setting is wrong.
        BuildError: a part is missing, or a zip fails its checks; see ``zips.build``.
    """
    columns = SpinnerColumn(finished_text="[green]✓[/]"), TextColumn("{task.description}"), TimeElapsedColumn()
    with Progress(*columns, console=Console(highlight=False)) as progress:
        tasks: list[int] = []
        remarks: list[str] = []

        def step(text: str) -> None:
            finish()
            tasks.append(progress.add_task(text, total=1))

        def finish() -> None:
            if tasks:
                progress.update(tasks[-1], completed=1)  # type: ignore[arg-type]

        paths = build(Sources(root, config), output, step, remarks.append)
        finish()
    for path in paths:
        click.echo(f"{path}  ({path.stat().st_size / 1024:.0f} kB)")
    for remark in remarks:
        click.echo(remark, err=True)
