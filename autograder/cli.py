"""The command line: ``autograder`` or ``python -m autograder``."""

import gc
import io
import os
import sys
from pathlib import Path
from typing import Literal

import click
from rich.console import Console
from rich.markup import escape

from .errors import NOT_GRADED, AutograderError, Undecided
from .written.commands import total, written

#: Exit status after Ctrl-C, as in shells.
_STOPPED = 130

#: Python looks for garbage only after this many new objects. With its default, 700, a quarter of the start goes into
#: searching the libraries, which are not garbage.
_GARBAGE = 10_000

#: Where ``autograder build`` puts the zip by default.
_ZIP = Path("dist/autograder.zip")


@click.group(invoke_without_command=True, no_args_is_help=True)
@click.option("--version", is_flag=True, help="Show the version and digests of the program and the zip, and exit.")
@click.option("--autograder", "-a", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="The zip whose digest --version shows.  [default: dist/autograder.zip, if it is there]")  # fmt: skip
@click.pass_context
def cli(context: click.Context, version: bool, autograder: Path | None) -> None:
    """Build the zips of an assignment, and grade submissions."""
    if version:
        _tell_version(autograder or _ZIP)
        context.exit()
    if autograder:
        raise click.UsageError("put -a after the command; before it, -a works only with --version")


def _tell_version(archive: Path) -> None:
    from .version import digest_of_zip, identity, shown

    click.echo(f"autograder, version {identity()}")
    if archive.is_file():
        click.echo(f"{archive} ({shown(digest_of_zip(archive.read_bytes()))})")


@cli.command()
@click.option("--output", "-o", type=click.Path(file_okay=False, path_type=Path), default=Path("dist"),
              show_default=True, help="Folder for student.zip and autograder.zip.")  # fmt: skip
@click.option("--root", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path(),
              show_default=True, help="The folder of the assignment.")  # fmt: skip
@click.option("--config", type=click.Path(dir_okay=False, path_type=Path), default=None,
              help="The settings file; by default otter_config.json in that folder.")  # fmt: skip
def build(output: Path, root: Path, config: Path | None) -> None:
    """Build student.zip and autograder.zip. They replace the old ones only if they pass all checks."""
    from .entry.building import build_and_tell

    build_and_tell(root.resolve(), (config or root / "otter_config.json").resolve(), output)


@cli.command()
@click.argument("submission", type=click.Path(exists=True, path_type=Path))
@click.option("--autograder", "-a", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              default=_ZIP, show_default=True, help="The zip to grade with.")  # fmt: skip
@click.option("--json", "json_path", type=click.Path(dir_okay=False, path_type=Path), default=None,
              help="Also write the results.json for Gradescope to this file.")  # fmt: skip
@click.option("--unconfined", is_flag=True,
              help="Do not confine the student's code. It can then read and change your files.")  # fmt: skip
def run(submission: Path, autograder: Path, json_path: Path | None, unconfined: bool) -> None:
    """Grade one submission. Shows each test case as staff see it. SUBMISSION: a notebook, script, zip or folder."""
    from .entry.terminal import grade_one

    if unconfined:
        click.echo("warning: the student's code is not confined; it can do anything that you can do", err=True)
    grade_one(submission, autograder, json_path, confine=not unconfined)


@cli.command()
@click.argument("submission", type=click.Path(exists=True, path_type=Path))
@click.option("--autograder", "-a", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              default=_ZIP, show_default=True, help="The zip to grade with.")  # fmt: skip
@click.option("--output", "-o", type=click.Path(file_okay=False, path_type=Path), default=None,
              help="Write the page into this folder, and do not open it.")  # fmt: skip
@click.option("--no-open", is_flag=True, help="Do not open the page in a browser.")
@click.option("--unconfined", is_flag=True,
              help="Do not confine the student's code. It can then read and change your files.")  # fmt: skip
def preview(submission: Path, autograder: Path, output: Path | None, no_open: bool, unconfined: bool) -> None:
    """Grade a submission, and show what the student sees, now and after the marks are published, and what staff see."""
    from .entry.preview import preview_one

    if unconfined:
        click.echo("warning: the student's code is not confined; it can do anything that you can do", err=True)
    show = not (no_open or output)
    click.echo(preview_one(submission, autograder, output, show, confine=not unconfined))


@cli.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--autograder", "-a", type=click.Path(path_type=Path), default=_ZIP,
              show_default=True, help="The zip to grade with.")  # fmt: skip
@click.option("--output", "-o", type=click.Path(path_type=Path), required=True,
              help="Folder for the results. Use the same folder again to resume.")  # fmt: skip
@click.option("-j", "processes", type=click.IntRange(1, 1024), default=os.cpu_count() or 1,
              show_default="all processors", help="How many submissions to grade at a time.")  # fmt: skip
@click.option("--force", is_flag=True, help="Grade everything again, even if nothing has changed.")
@click.option("--quiet", "-q", is_flag=True, help="Print failures only.")
@click.option("--layout", type=click.Choice(["auto", "folders", "files", "one"]), default=None,
              help="What one student's work is, if that is not clear: each folder, each file, or all.")  # fmt: skip
@click.option("--pattern", metavar="REGEX", default=None,
              help="How files are named, with groups such as (?P<student>...); see docs/classes.md.")  # fmt: skip
@click.option("--attempt", type=click.Choice(["latest", "first", "best"]), default=None,
              help="Which attempt counts.  [default: latest]")  # fmt: skip
@click.option("--roster", type=click.Path(exists=True, dir_okay=False, path_type=Path), default=None,
              help="The class list, a CSV with names, ids or emails. Everybody on it gets a row.")  # fmt: skip
@click.option("--cluster", metavar="ADDRESS", default=None,
              help="Grade on the Dask cluster with this scheduler, such as tcp://HOST:8786.")  # fmt: skip
@click.option("--unconfined", is_flag=True,
              help="Do not confine the students' code. It can then read and change your files.")  # fmt: skip
def grade(paths: tuple[Path, ...], autograder: Path, output: Path, processes: int, force: bool, quiet: bool,
          layout: str | None, pattern: str | None, attempt: str | None, roster: Path | None,
          cluster: str | None, unconfined: bool) -> None:  # fmt: skip
    """Grade a class. PATHS are folders or zips downloaded from a course system, or any submissions.

    Writes OUTPUT/final_grades.csv with a row for each person, OUTPUT/skipped.csv with files that were not graded, and
    OUTPUT/results/NAME.json for each submission. Run the same command again to resume.
    """
    from .batch.command import grade_all
    from .batch.job import Batch
    from .sandbox.text import clean_line, one_line

    if unconfined:
        click.echo("warning: the students' code is not confined; it can do anything that you can do", err=True)
    batch = Batch(list(paths), autograder, output, processes, force, quiet, not unconfined, cluster,
                  layout or "", pattern or "", attempt or "", roster)  # fmt: skip
    summary = grade_all(batch)
    for line in (*summary.edits, *summary.problems):
        click.echo(clean_line(line), err=True)
    if summary.interrupted:
        click.echo("stopped; run the same command again to resume", err=True)
        sys.exit(_STOPPED)
    for label, reason, command in summary.failures:
        told = one_line(f"{NOT_GRADED}: {label}: {reason}")
        click.echo(f"{told}\n    again: {command}", err=True)
    if not quiet:
        for line in summary.told:
            click.echo(clean_line(line))
        counts = f"{summary.graded} new, {summary.kept} kept from before"
        click.echo(f"results: {counts}; see {output / 'final_grades.csv'}")
    sys.exit(1 if summary.failures or summary.problems else 0)


@cli.command()
@click.argument("folders", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--output", "-o", type=click.Path(path_type=Path), required=True, help="The new folder.")
@click.option("--roster", type=click.Path(exists=True, dir_okay=False, path_type=Path), default=None,
              help="The class list, a CSV with names, ids or emails. Everybody on it gets a row.")  # fmt: skip
def merge(folders: tuple[Path, ...], output: Path, roster: Path | None) -> None:
    """Merge folders of results into one, as if one run had graded the whole class.

    If marks contradict each other, they are listed, none of them counts, and the exit status is 1.
    """
    from .batch.merging import merge as merge_folders
    from .sandbox.text import amount, clean_line

    merged = merge_folders(folders, output, roster)
    for line in (*merged.edits, *merged.problems):
        click.echo(clean_line(line), err=True)
    click.echo(f"{amount(merged.people, 'person', 'people')}; see {output / 'final_grades.csv'}")
    sys.exit(1 if merged.problems else 0)


@cli.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--anonymous", is_flag=True, help="Leave out names, ids, addresses and file names.")
def report(folder: Path, anonymous: bool) -> None:
    """Write a report on a graded class. FOLDER gets report.html and items.csv, which show what was not understood."""
    from .report import write_report

    for path in write_report(folder, anonymous):
        click.echo(path)


@cli.command()
@click.argument("old", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("new", type=click.Path(exists=True, path_type=Path))
@click.option("--csv", "table", type=click.Path(dir_okay=False, path_type=Path), default=None,
              help="Also write a table with a row for each test case that changes for a person.")  # fmt: skip
@click.option("--output", "-o", type=click.Path(path_type=Path), default=None,
              help="If NEW is a zip: the folder for its results.  [default: OLD-anew]")  # fmt: skip
@click.option("-j", "processes", type=click.IntRange(1, 1024), default=os.cpu_count() or 1,
              show_default="all processors", help="How many submissions to grade at a time.")  # fmt: skip
@click.option("--unconfined", is_flag=True,
              help="Do not confine the students' code. It can then read and change your files.")  # fmt: skip
def compare(old: Path, new: Path, table: Path | None, output: Path | None, processes: int, unconfined: bool) -> None:
    """Show whose marks change from OLD to NEW, and why.

    OLD is a folder that 'autograder grade' wrote. NEW is another such folder, or an autograder.zip. With a zip, the
    class of OLD is graded again where the zip can change a mark; OLD stays as it is. The exit status is 0 if nothing
    changes, 1 if anything does, and 2 if the two cannot be compared, or not completely.
    """
    from .comparing.anew import How
    from .comparing.command import compare as compare_folders
    from .sandbox.text import clean_line

    if unconfined:
        click.echo("warning: the students' code is not confined; it can do anything that you can do", err=True)
    try:
        quiet = not sys.stdout.isatty()
        outcome = compare_folders(old, new, How(output, processes, quiet, not unconfined), table)
    except AutograderError as error:
        raise Undecided(str(error)) from error
    if outcome.interrupted:
        raise KeyboardInterrupt
    for line in (*outcome.told, *outcome.problems):
        click.echo(clean_line(line), err=True)
    sys.exit(2 if outcome.problems else 1 if outcome.changed else 0)


@cli.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--for", "system", type=click.Choice(["canvas", "moodle", "gradescope", "csv"]), required=True,
              help="The course system that the table is for.")  # fmt: skip
@click.option("--roster", type=click.Path(exists=True, dir_okay=False, path_type=Path), default=None,
              help="The class list that the course system exports. Only 'csv' needs none.")  # fmt: skip
@click.option("--output", "-o", type=click.Path(file_okay=False, path_type=Path), default=None,
              help="Folder for the table and the zip.  [default: FOLDER/export]")  # fmt: skip
@click.option("--column", default="", help="The column of the class list for the marks, if several would fit.")
@click.option("--add", "added", type=click.Path(exists=True, dir_okay=False, path_type=Path), default=None,
              help="A CSV with the points of questions that a person graded.")  # fmt: skip
@click.option("--questions", default="", help="The questions that count, separated by commas.  [default: all]")
@click.option("--bonus", default="", help="Bonus questions, which do not add to the maximum.")
def export(folder: Path, system: Literal["canvas", "moodle", "gradescope", "csv"], roster: Path | None,
           output: Path | None, column: str, added: Path | None, questions: str, bonus: str) -> None:  # fmt: skip
    """Write marks for a course system. Also writes a zip with a page for each student.

    FOLDER is a graded class. The exit status is 1 if somebody gets no mark, or if anything else needs a decision: for
    example, somebody is in the class but not on the list, or the other way round.
    """
    from .exporting.command import Export
    from .exporting.command import export as export_class
    from .exporting.points import Choice
    from .sandbox.text import clean_line

    if roster is None and system != "csv":
        raise click.UsageError(f"--for {system} needs --roster, the list that the course system exports")
    names = [[name.strip() for name in text.split(",") if name.strip()] for text in (questions, bonus)]
    chosen = Choice(names[0], names[1], added)
    written = export_class(Export(folder, system, roster, output, column, chosen))
    for line in written.told:
        click.echo(clean_line(line))
    for path in written.paths:
        click.echo(path)
    for line in written.problems:
        click.echo(clean_line(line), err=True)
    sys.exit(1 if written.problems else 0)


@cli.command()
def doctor() -> None:
    """Check if this machine can confine students' code. If it cannot, says what to do."""
    from .sandbox.doctor import examine

    console, bad = Console(), False
    marks = {"good": "[green]✓[/]", "weaker": "[yellow]![/]", "bad": "[red]✗[/]"}
    for finding in examine():
        console.print(f"{marks[finding.state]} [bold]{finding.what}[/]: {escape(finding.remark)}", highlight=False)
        bad = bad or finding.state == "bad"
    console.print("Do not run student code here." if bad else "You can run student code here.")
    sys.exit(1 if bad else 0)


cli.add_command(written)
cli.add_command(total)


def main() -> None:
    """Run the command line. Errors that a user can fix are printed without a traceback."""
    gc.set_threshold(_GARBAGE)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy's threads wait busily for work that never comes
    for stream in (sys.stdout, sys.stderr):  # Windows may write in a code page that lacks some of our characters
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        sys.exit(cli(prog_name="autograder", standalone_mode=False))
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except AutograderError as error:
        from .sandbox.text import without_controls  # names of students' files may be in it

        click.echo(f"error: {without_controls(str(error))}", err=True)
        sys.exit(2 if isinstance(error, Undecided) else 1)
    except (click.Abort, KeyboardInterrupt):  # click would turn the second into the first, and exit with 1
        click.echo("stopped", err=True)
        sys.exit(_STOPPED)
