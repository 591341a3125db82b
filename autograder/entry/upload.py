"""A process that hands a PDF in to Gradescope: ``python -m autograder.entry.upload``, with an order as its input.

Otter's own client does it, through an interface that Gradescope does not document. Here we only make sure that nobody
else gets the token: no redirect is followed, and no text that we pass on contains it. The order comes through a pipe,
so the token is in no environment variable and in no list of processes.
"""

import sys
from pathlib import Path

import msgspec

from ..grading.files import from_json, to_json
from ..grading.otter_parts import light_otter
from ..sandbox.text import clean

#: How many characters of the reason for refusing a PDF are passed on.
_MOST = 300


class Upload(msgspec.Struct, frozen=True, kw_only=True):
    """The order to hand in a PDF."""

    pdf: str
    """Its path."""
    token: str
    course_id: str
    assignment_id: str
    emails: list[str]
    """Everybody who handed in the submission: each of them gets the PDF, as in Otter."""


class Uploaded(msgspec.Struct, frozen=True):
    """What happened to the PDF of one student."""

    email: str
    problem: str = ""
    """Why it was not taken; empty if it was."""


def upload(order: Upload, email: str) -> Uploaded:
    """Hand in the PDF for one student."""
    with light_otter():
        from otter.generate.token import APIClient
    client = APIClient(token=order.token)
    client.session.max_redirects = 0
    try:
        answer = client.upload_pdf_submission(order.course_id, order.assignment_id, email, order.pdf)
        problem = "" if answer.status_code == 200 else f"status {answer.status_code}: {answer.text}"
    except Exception as error:  # requests may raise anything
        problem = f"{type(error).__name__}: {error}"
    return Uploaded(email, clean(problem.replace(order.token, "[token]"))[:_MOST])


def main() -> None:
    """Hand in the PDF for each student, and print a line for each as soon as it is known."""
    order = from_json(sys.stdin.buffer.read(), Upload)
    for email in order.emails if Path(order.pdf).is_file() else ():
        print(" ".join(to_json(upload(order, email)).split("\n")), flush=True)


if __name__ == "__main__":
    main()
