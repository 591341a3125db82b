"""The commands about written answers. They parse, and call one function each."""

import os
import sys
from pathlib import Path

import click

#: Exit status after Ctrl-C, as in shells.
_STOPPED = 130

#: The zip of the assignment, unless another one is named.
_ZIP = Path("dist/autograder.zip")


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--autograder", "-a", type=click.Path(path_type=Path), default=_ZIP,
              show_default=True, help="The zip of the assignment.")  # fmt: skip
@click.option("--output", "-o", type=click.Path(path_type=Path), required=True,
              help="Folder for the PDFs: the one of 'autograder grade', or a new one.")  # fmt: skip
@click.option("-j", "processes", type=click.IntRange(1, 64), default=os.cpu_count() or 1,
              show_default="all processors", help="How many submissions to work on at a time.")  # fmt: skip
@click.option("--force", is_flag=True, help="Make every PDF again, even if nothing has changed.")
@click.option("--names", is_flag=True, help="Show graders who wrote an answer.")
@click.option("--seed", type=int, default=0, show_default=True, help="Sets the random order of the answers.")
@click.option("--rubric", type=click.Path(exists=True, dir_okay=False, path_type=Path), default=None,
              help="The rubric.  [default: reference_solution/rubric.md, if it is there]")  # fmt: skip
@click.option("--layout", type=click.Choice(["auto", "folders", "files", "one"]), default=None,
              help="As for 'autograder grade'.")  # fmt: skip
@click.option("--pattern", metavar="REGEX", default=None, help="As for 'autograder grade'.")
@click.option("--attempt", type=click.Choice(["latest", "first", "best"]), default=None,
              help="Which attempt counts.  [default: latest]")  # fmt: skip
@click.option("--roster", type=click.Path(exists=True, dir_okay=False, path_type=Path), default=None,
              help="As for 'autograder grade'.")  # fmt: skip
@click.option("--graded", type=click.Path(exists=True, file_okay=False, path_type=Path), default=None,
              help="The folder of 'autograder grade', whose drawings are shown.  [default: OUTPUT]")  # fmt: skip
def written(paths: tuple[Path, ...], autograder: Path, output: Path, processes: int, force: bool, names: bool,
            seed: int, rubric: Path | None, layout: str | None, pattern: str | None, attempt: str | None,
            roster: Path | None, graded: Path | None) -> None:  # fmt: skip
    """Make PDFs of written answers. Also makes packets and a table for graders.

    Writes OUTPUT/written/NAME.pdf for each submission, OUTPUT/packets/QUESTION.pdf with all answers to a question in
    random order, and OUTPUT/written.csv to fill in. Run the same command again to resume.
    """
    from ..batch.job import Batch
    from ..sandbox.text import clean_line
    from .command import WrittenJob, make_written

    batch = Batch(list(paths), autograder, output, processes, force, layout=layout or "", pattern=pattern or "",
                  attempt=attempt or "", roster=roster)  # fmt: skip
    summary = make_written(WrittenJob(batch, seed, names, rubric, graded))
    if summary.interrupted:
        click.echo("stopped; run the same command again to resume", err=True)
        sys.exit(_STOPPED)
    for label, reason in summary.failures:
        click.echo(clean_line(f"no PDF of {label}: {reason}"), err=True)
    for line in summary.told:
        click.echo(clean_line(line))
    click.echo(f"made {summary.made}, kept {summary.kept}; see {output / 'written'}")
    sys.exit(1 if summary.failures else 0)


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--table", "tables", multiple=True, type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="A table of marks; can be given several times.  [default: written*.csv in FOLDER]")  # fmt: skip
@click.option("--graded", type=click.Path(exists=True, file_okay=False, path_type=Path), default=None,
              help="The folder of 'autograder grade'.  [default: FOLDER]")  # fmt: skip
def total(folder: Path, tables: tuple[Path, ...], graded: Path | None) -> None:
    """Add up all marks. Puts graders' marks and those of the test cases into FOLDER/total.csv.

    Also writes a feedback page for each submission. If marks are missing, unknown or contradict each other, they are
    listed, and the exit status is 1.
    """
    from ..sandbox.text import clean_line
    from .totals import total as join

    totals = join(folder, tables, graded)
    for line in totals.problems:
        click.echo(clean_line(line), err=True)
    for line in totals.told:
        click.echo(clean_line(line))
    sys.exit(1 if totals.problems else 0)
