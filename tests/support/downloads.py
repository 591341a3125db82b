"""Small downloads in the layouts of course systems, and the people who must come out of each."""

from tests.support.packing import ASSIGNMENT, HELPER, HW, NB, PDF, PLAIN, TESTS, Sample, mac, person
from tests.support.samples import GOOD, notebook

_METADATA = """---
submission_11:
  :submitters:
  - :name: Jana Beispiel
    :sid: '00123'
    :email: jana@uni.example
  - :name: Olaf Muster
    :sid: 00124
    :email: olaf@uni.example
  :created_at: 2026-11-21 09:01:00.123456789 Z
submission_12:
  :submitters:
  - :name: !binary |-
      Wm/DqSBQcm9iZQ==
    :sid: ''
    :email: zoe@uni.example
  :created_at: 2026-11-21 09:02:00.000000000 +01:00
submission_13:
  :submitters:
  - :name: "Ren\\xE9e Accent"
    :sid:
    :email: renee@uni.example
submission_14:
  :submitters:
  - :name: "\\xC3\\x96zil Umlaut"
    :sid: ~
    :email: oezil@uni.example
"""
_GRADESCOPE = {
    "submission_metadata.yml": _METADATA.encode(), f"submission_11/{HW}": NB, "submission_11/helpers.py": HELPER,
    "submission_12/Hausaufgabe.ipynb": NB, "submission_14/answer.pdf": PDF, "submission_15/late.py": GOOD.encode(),
}  # fmt: skip
_GRADESCOPE_PEOPLE = [
    person("Jana Beispiel", "00123", "submission_11", email="jana@uni.example"),
    person("Olaf Muster", "00124", "submission_11", email="olaf@uni.example"),
    person("Zoé Probe", "", "submission_12", email="zoe@uni.example"),
    person("Renée Accent", "", "submission_13", email="renee@uni.example"),
    person("Özil Umlaut", "", "submission_14", email="oezil@uni.example"),
    person("submission_15"),
]
_MOODLE_PEOPLE = [
    person("Jana Beispiel", "2001", "Jana Beispiel_2001_assignsubmission_file_"),
    person("Jana Beispiel", "2004", "Jana Beispiel_2004_assignsubmission_file_"),
    person("Zoë Probe-Núñez", "2003", "Zoë Probe-Núñez_2003_assignsubmission_onlinetext_"),
]

DOWNLOADS = {
    "gradescope": Sample(_GRADESCOPE, _GRADESCOPE_PEOPLE),
    "gradescope in a folder, from a Mac": Sample(
        mac({f"assignment_7_export/{name}": content for name, content in _GRADESCOPE.items()}), _GRADESCOPE_PEOPLE
    ),
    "canvas": Sample(
        {
            f"beispieljana_1001_9001_{HW}": NB, "beispieljana_1001_9002_helpers.py": HELPER,
            f"musterolaf_LATE_1002_9003_{ASSIGNMENT}-1.ipynb": NB, "probezoë_1003_text.html": b"<p>here</p>",
            "demoana_LATE_1004_link.html": b"<a>", f"vonderau_1005_9005_{HW}": PLAIN,
            f"vonderau_1005_9009_{ASSIGNMENT}-2.ipynb": NB, f"vonderau_1005_9007_{ASSIGNMENT}-1.ipynb": PLAIN,
            "vonderau_1005_9010_helpers-2.py": HELPER, "o2malley3_1006_9011_my_12_34_homework.ipynb": NB,
            "solution.ipynb": NB,
        },
        [
            person("beispieljana", "1001", f"beispieljana_1001_9001_{HW}", "no"),
            person("demoana", "1004", "demoana_LATE_1004_link.html", "yes"),
            person("musterolaf", "1002", f"musterolaf_LATE_1002_9003_{ASSIGNMENT}-1.ipynb", "yes", "2"),
            person("o2malley3", "1006", "o2malley3_1006_9011_my_12_34_homework.ipynb", "no"),
            person("probezoë", "1003", "probezoë_1003_text.html", "no"),
            person("vonderau", "1005", f"vonderau_1005_9009_{ASSIGNMENT}-2.ipynb", "no", "3"),
        ],
        ["solution.ipynb", f"vonderau_1005_9005_{HW}", f"vonderau_1005_9007_{ASSIGNMENT}-1.ipynb"],
    ),
    "canvas, anonymous": Sample(
        {f"anon_aB3dE_501_{HW}": NB, f"LATE_anon_9xYz1_502_{HW}": NB, "anon_12345_text.html": b"<p>"},
        [
            person("anon_aB3dE", "aB3dE", f"anon_aB3dE_501_{HW}", "no"),
            person("anon_9xYz1", "9xYz1", f"LATE_anon_9xYz1_502_{HW}", "yes"),
            person("anon_12345", "12345", "anon_12345_text.html", "no"),
        ],
    ),
    "moodle": Sample(
        {
            f"Jana Beispiel_2001_assignsubmission_file_/{HW}": NB,
            "Jana Beispiel_2001_assignfeedback_file_/comment.pdf": PDF,
            "Jana Beispiel_2004_assignsubmission_file_/solution/hw.ipynb": NB,
            "Jana Beispiel_2004_assignsubmission_file_/solution/helpers.py": HELPER,
            "Zoë Probe-Núñez_2003_assignsubmission_onlinetext_/onlinetext.html": b"<p>",
        },
        _MOODLE_PEOPLE, ["Jana Beispiel_2001_assignfeedback_file_/comment.pdf"],
    ),
    "moodle 4, groups and participants": Sample(
        {
            f"Group A_12_assignsubmission_file/{HW}": NB, f"Participant_77_assignsubmission_file/{HW}": NB,
            "Participant_78_assignsubmission_file/hw.zip": b"PK\5\6" + bytes(18),
        },
        [
            person("Group A", "12", "Group A_12_assignsubmission_file"),
            person("Participant", "77", "Participant_77_assignsubmission_file"),
            person("Participant", "78", "Participant_78_assignsubmission_file"),
        ],
    ),
    "moodle, flat": Sample(
        {
            "Jana Beispiel_2001_assignsubmission_file_my_homework.ipynb": NB,
            "Jana Beispiel_2001_assignsubmission_file_helpers.py": HELPER,
            "Olaf Muster_2002_assignsubmission_onlinetext_onlinetext.html": b"<p>",
        },
        [
            person("Jana Beispiel", "2001", "Jana Beispiel_2001_assignsubmission_file_my_homework.ipynb"),
            person("Olaf Muster", "2002", "Olaf Muster_2002_assignsubmission_onlinetext_onlinetext.html"),
        ],
    ),
    "brightspace": Sample(
        {
            "index.html": b"<html>", f"12345-678901 - Jana Beispiel - Nov 20, 2026 1158 PM/{HW}": NB,
            f"12345-678901 - Jana Beispiel - Nov 21, 2026 901 AM/{HW}": NB,
            f"12345-678901 - Jana Beispiel - Nov 21, 2026 1201 AM/{HW}": NB,
            "12346-678901 - Anne-Marie O'Neil - von Berg - Nov 2, 2026 7 00 PM/essay.pdf": PDF,
        },
        [
            person("Jana Beispiel", "12345", "12345-678901 - Jana Beispiel - Nov 21, 2026 901 AM", attempt="3"),
            person(
                "Anne-Marie O'Neil - von Berg", "12346",
                "12346-678901 - Anne-Marie O'Neil - von Berg - Nov 2, 2026 7 00 PM",
            ),
        ],
        [
            "index.html", "12345-678901 - Jana Beispiel - Nov 20, 2026 1158 PM",
            "12345-678901 - Jana Beispiel - Nov 21, 2026 1201 AM",
        ],
    ),
    "brightspace, flat": Sample(
        {
            f"12345-678901 - Jana Beispiel - Nov 20, 2026 1158 PM - {HW}": NB,
            f"12346-678901 - Olaf Muster - Nov 20, 2026 700 PM - {HW}": NB,
        },
        [
            person("Jana Beispiel", "12345", f"12345-678901 - Jana Beispiel - Nov 20, 2026 1158 PM - {HW}"),
            person("Olaf Muster", "12346", f"12346-678901 - Olaf Muster - Nov 20, 2026 700 PM - {HW}"),
        ],
    ),
    "blackboard": Sample(
        {
            "Exercise 1_j_beispiel_attempt_2026-11-20-11-58-30.txt":
                b"Name: Jana Beispiel (j_beispiel)\nAssignment: Exercise 1\nCurrent Mark: Not marked yet\n",
            f"Exercise 1_j_beispiel_attempt_2026-11-20-11-58-30_{HW}": NB,
            "Exercise 1_j_beispiel_attempt_2026-11-20-11-58-30_helpers.py": HELPER,
            "Exercise 1_omuster_attempt_2026-11-19-08-00-00.txt": b"Name: Olaf Muster (omuster)\n",
            f"Exercise 1_omuster_attempt_2026-11-19-08-00-00_{HW}": NB,
            "Exercise 1_omuster_attempt_2026-11-21-08-00-00.txt": b"Name: Olaf Muster (omuster)\n",
            f"Exercise 1_omuster_attempt_2026-11-21-08-00-00_{HW}": NB,
            "Exercise 1_zprobe_attempt_2026-11-21-09-00-00.txt": b"Name: Zo\xc3\xab Probe (zprobe)\n",
        },
        [
            person("Jana Beispiel", "j_beispiel", f"Exercise 1_j_beispiel_attempt_2026-11-20-11-58-30_{HW}"),
            person("Olaf Muster", "omuster", f"Exercise 1_omuster_attempt_2026-11-21-08-00-00_{HW}", attempt="2"),
            person("Zoë Probe", "zprobe", "Exercise 1_zprobe_attempt_2026-11-21-09-00-00.txt"),
        ],
        [f"Exercise 1_omuster_attempt_2026-11-19-08-00-00_{HW}"],
    ),
    "teams": Sample(
        {
            f"Student Work/Submitted files/Jana Beispiel/Sheet 1/Version 2/{HW}": NB,
            f"Student Work/Submitted files/Jana Beispiel/Sheet 1/Version 10/{HW}": NB,
            f"Student Work/Submitted files/Olaf Muster/Sheet 1/Version 1/{HW}": NB,
            f"Student Work/Working files/Olaf Muster/Sheet 1/{HW}": PLAIN,
        },
        [
            person("Jana Beispiel", "", "Jana Beispiel/Sheet 1/Version 10", attempt="10"),
            person("Olaf Muster", "", "Olaf Muster/Sheet 1/Version 1", attempt="1"),
        ],
        [
            "Student Work/Submitted files/Jana Beispiel/Sheet 1/Version 2",
            f"Student Work/Working files/Olaf Muster/Sheet 1/{HW}",
        ],
    ),
    "teams, one assignment": Sample(
        {f"Sheet 1/Jana Beispiel/Version 1/{HW}": NB, f"Sheet 1/Olaf Muster/Version 3/{HW}": NB},
        [
            person("Jana Beispiel", "", "Jana Beispiel/Version 1", attempt="1"),
            person("Olaf Muster", "", "Olaf Muster/Version 3", attempt="3"),
        ],
    ),
    "github classroom": Sample(
        {
            **{f"rnn-submissions/rnn-jana/{name}": content for name, content in ({HW: NB} | TESTS).items()},
            **{f"rnn-submissions/rnn-olaf/{name}": content for name, content in ({"src/hw.ipynb": NB} | TESTS).items()},
            **{f"rnn-submissions/rnn-zoe/{name}": content for name, content in TESTS.items()},
            "rnn-submissions/rnn-jana/.git/config": b"", "rnn-submissions/rnn-jana/.github/workflows/test.py": b"",
        },
        [person("rnn-jana"), person("rnn-olaf"), person("rnn-zoe")],
    ),
    "nbgrader": Sample(
        {
            f"course/submitted/jana/ps1/{HW}": NB, "course/submitted/jana/ps1/timestamp.txt": b"2026-11-20 10:00:00",
            f"course/submitted/olaf/ps1/{HW}": NB, f"course/source/ps1/{HW}": NB, f"course/release/ps1/{HW}": NB,
            f"course/autograded/jana/ps1/{HW}": NB, f"course/feedback/jana/ps1/{ASSIGNMENT}.html": b"<html>",
            "course/gradebook.db": b"SQLite",
        },
        [person("jana", "jana"), person("olaf", "olaf")],
        [
            f"course/source/ps1/{HW}", f"course/release/ps1/{HW}", f"course/autograded/jana/ps1/{HW}",
            f"course/feedback/jana/ps1/{ASSIGNMENT}.html", "course/gradebook.db",
        ],
    ),
    "nbgrader's exchange": Sample(
        {
            f"inbound/jana+ps1+2026-11-20 10:00:00.000000 UTC+bXk/{HW}": NB,
            f"inbound/jana+ps1+2026-11-21 10:00:00.000000 UTC+bXl/{HW}": NB,
            f"inbound/olaf+ps1+2026-11-20 11:00:00.000000 UTC/{HW}": NB,
        },
        [
            person("jana", "jana", "jana+ps1+2026-11-21 10:00:00.000000 UTC+bXl", attempt="2"),
            person("olaf", "olaf", "olaf+ps1+2026-11-20 11:00:00.000000 UTC"),
        ],
        ["inbound/jana+ps1+2026-11-20 10:00:00.000000 UTC+bXk"],
    ),
    "jupyterhub": Sample(
        {
            f"home/jana/rnn/{HW}": NB, "home/jana/.venv/lib/python3/site-packages/x.py": b"", "home/jana/.bashrc": b"",
            f"home/jana/rnn/.ipynb_checkpoints/{ASSIGNMENT}-checkpoint.ipynb": NB,
            "home/jana/lecture/notes.ipynb": PLAIN, f"home/olaf/{HW}": NB, "home/olaf/node_modules/a/index.py": b"",
            "home/zoe/.cache/x": b"",
        },
        [person("jana"), person("olaf"), person("zoe")],
    ),
    "a folder for each student": Sample(
        {
            f"Jana_1/{HW}": NB, f"Jana_1/old/{HW}": NB, "Olaf_2/work.ipynb": NB, "Olaf_2/helpers.py": HELPER,
            "Zoe_3/answer.pdf": PDF, "tests/q3.py": b"OK_FORMAT = False", "grades.csv": b"a,b",
        },
        [person("Jana_1"), person("Olaf_2"), person("Zoe_3"), person("Ana_4")], ["grades.csv", "tests"], ["Ana_4"],
    ),
    "files": Sample(
        {
            "ada.ipynb": NB, "bob.ipynb.json": NB, "cleo.py": GOOD.encode(), "dora.pdf": PDF,
            "ed.zip": b"PK\5\6" + bytes(18),
            "fay.ipynb": notebook("import tricks", GOOD), "tricks.py": HELPER, "README.md": b"", "grades.csv": b"a",
            "requirements.txt": b"", "bob.pdf": PDF,
        },
        [
            person("ada", where="ada.ipynb"), person("bob", where="bob.ipynb.json"), person("cleo", where="cleo.py"),
            person("dora", where="dora.pdf"), person("ed", where="ed.zip"), person("fay", where="fay.ipynb"),
        ],
        ["tricks.py", "README.md", "grades.csv", "requirements.txt"],
    ),
    "ilias, with a pattern": Sample(
        {
            f"Sheet 1/Abgaben/Beispiel_Jana_jbeispiel_4711/20261120120000_{HW}": NB,
            f"Sheet 1/Abgaben/Beispiel_Jana_jbeispiel_4711/20261121120000_{HW}": NB,
            f"Sheet 1/Abgaben/Muster_Olaf_omuster_4712/20261120120000_{HW}": NB, "Sheet 1/excel.xlsx": b"PK",
        },
        [
            person("Beispiel_Jana", "jbeispiel", f"Beispiel_Jana_jbeispiel_4711/20261121120000_{HW}", attempt="2"),
            person("Muster_Olaf", "omuster", f"Muster_Olaf_omuster_4712/20261120120000_{HW}"),
        ],
        ["Sheet 1/excel.xlsx", f"Sheet 1/Abgaben/Beispiel_Jana_jbeispiel_4711/20261120120000_{HW}"],
        pattern=r"(?:.*/)?(?P<student>[^/_]+_[^/_]+)_(?P<id>[^/_]+)_\d+/(?P<submitted>\d{14})_(?P<file>.+)",
    ),
    "sakai, with a pattern": Sample(
        {
            f"Sheet 1/Beispiel, Jana(jbeispiel)/Submission attachment(s)/{HW}": NB,
            "Sheet 1/Beispiel, Jana(jbeispiel)/timestamp.txt": b"20261120",
            f"Sheet 1/Müster, Olaf(omuster)/Submission attachment(s)/{HW}": NB, "Sheet 1/grades.csv": b"a",
        },
        [
            person("Beispiel, Jana", "jbeispiel", "Beispiel, Jana(jbeispiel)/Submission attachment(s)"),
            person("Müster, Olaf", "omuster", "Müster, Olaf(omuster)/Submission attachment(s)"),
        ],
        ["Sheet 1/grades.csv", "Sheet 1/Beispiel, Jana(jbeispiel)/timestamp.txt"],
        pattern=r"(?P<student>[^/(]+)\((?P<id>[^)]+)\)/Submission attachment\(s\)/",
    ),
}  # fmt: skip
