"""otter_config.json: a wrong setting is an error that names it."""

import json
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest

from autograder.errors import SettingsError
from autograder.settings import PLUGIN, Settings, load, parse
from autograder.zips.sources import Sources
from tests.support.corpus import ROOT
from tests.support.samples import CONFIG, config, write_config

POINTS = {"q1": 15, "q2": 10, "q3": 20, "q4": 35, "q5": 20}


def refusal(text: str) -> str:
    with pytest.raises(SettingsError) as caught:
        parse(text, "the-file.json")
    assert "the-file.json" in str(caught.value)
    return str(caught.value)


def test_project_settings() -> None:
    """The project's own settings are valid, and are loaded as they are in the file."""
    assert msgspec.to_builtins(load(CONFIG)) == config()["plugins"][0][PLUGIN] | {"handout_cells": []}


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("assignment_name", "two words", "expected letters, digits, dots, dashes and underscores"),
        ("assignment_name", "../up", "expected letters, digits"),
        ("assignment_name", "line\n", "expected letters, digits"),
        ("assignment_name", "", "expected letters, digits"),
        ("assignment_name", "x" * 61, "length <= 60"),
        ("assignment_name", 7, "expected text, got a whole number"),
        ("title", "", "expected one line of text"),
        ("title", "two\nlines", "expected one line of text"),
        ("title", "  ", "expected one line of text"),
        ("title", ["a"], "expected text, got a list in [ ]"),
        ("call_seconds", 0, "> 0"),
        ("cells_seconds", 3601, "<= 3600"),
        ("total_seconds", [1], "expected a number"),
        ("points", 100, "expected an object in { }, got a whole number"),
        ("points", {}, "expected an object in { } of length >= 1"),
        ("points", {"q 1": 2}, "expected a name of letters, digits"),
        ("values", 3, "expected an object in { }, got a whole number"),
    ],
)
def test_wrong_value(name: str, value: object, expected: str) -> None:
    """A value with the wrong type or size is rejected. The message names the setting and says what was expected."""
    message = refusal(json.dumps(config(**{name: value})))
    assert f"'{name}'" in message
    assert expected in message


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("weight_range", 0, "> 0"),
        ("weight_range", -0.01, "> 0"),
        ("weight_range", "0.01", "expected a number, got text"),
        ("weight_range", True, "expected a number, got true or false"),
        ("steps", 1, ">= 2"),
        ("steps", 9, "<= 8"),
        ("steps", 3.5, "expected a whole number, got a number with a decimal point"),
        ("seed", -1, ">= 0"),
        ("seed", "today", "expected a whole number"),
    ],
)
def test_wrong_value_of_the_assignment(name: str, value: object, expected: str, tmp_path: Path) -> None:
    """The same holds for the values of this one assignment."""
    path = write_config(tmp_path, **{name: value})
    with pytest.raises(SettingsError, match=re.escape(f"{path}: values: '{name}': ")) as caught:
        Sources(ROOT, path).check()
    assert expected in str(caught.value)


def test_unknown_value_of_the_assignment(tmp_path: Path) -> None:
    """For a misspelt value, the message suggests the right name."""
    path = write_config(tmp_path, values={"wieght_range": 1})
    with pytest.raises(SettingsError, match=r"there is no setting 'wieght_range' \(did you mean 'weight_range'\?"):
        Sources(ROOT, path).check()


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity"])
@pytest.mark.parametrize(("name", "where"), [("call_seconds", "'call_seconds'"), ("q3", "'points[...]'")])
def test_no_number(name: str, where: str, value: str) -> None:
    """NaN and infinity are not accepted as numbers."""
    text = json.dumps(config(points=POINTS, **{} if name == "q3" else {name: "HERE"}))
    text = text.replace('"HERE"', value) if name != "q3" else text.replace('"q3": 20', f'"q3": {value}')
    assert value in text
    message = refusal(text)
    assert where in message
    assert "expected a number" in message


def test_points() -> None:
    """Negative points are rejected."""
    assert "'points[...]': expected a number >= 0" in refusal(json.dumps(config(points=POINTS | {"q4": -1})))


@pytest.mark.parametrize("name", ["assignment_name", "title", "points"])
def test_required(name: str) -> None:
    """Settings without a sensible default must be set."""
    assert f"the setting '{name}' is missing" in refusal(json.dumps(config(**{name: None})))


def test_unknown_setting() -> None:
    """For a misspelt setting, the message names it and suggests the right name."""
    message = refusal(json.dumps(config(call_second=0.05)))
    assert "there is no setting 'call_second'" in message
    assert "did you mean 'call_seconds'?" in message
    assert "did you mean 'show_hidden'?" in refusal(json.dumps(config() | {"show_hiden": True}))


def test_unknown_setting_without_likeness() -> None:
    """For a setting that is like no other, the message lists all settings."""
    message = refusal(json.dumps(config(qwertz=1)))
    assert "there is no setting 'qwertz'" in message
    assert all(name in message for name in Settings.__struct_fields__)


@pytest.mark.parametrize(
    "key", ["assignment_name", "seed", "seed_variable", "grade_from_log", "serialized_variables", "lang"]
)
def test_refused_keys_of_otter(key: str) -> None:
    """Otter's keys that would do harm are rejected at the top level, with the reason."""
    message = refusal(json.dumps(config() | {key: "x"}))
    assert f"'{key}' cannot be set at the top level: " in message
    assert len(message.split("top level: ")[1]) > 40
    assert message.endswith(f". Remove '{key}' from the top level")


def test_wrong_type_of_otter_key() -> None:
    """Otter's own keys are checked, too."""
    assert "'show_hidden': expected true or false, got text" in refusal(json.dumps(config() | {"show_hidden": "no"}))
    assert "'score_threshold': expected a number <= 1" in refusal(json.dumps(config() | {"score_threshold": 50}))


@pytest.mark.parametrize("count", [0, 2])
def test_plugin_exactly_once(count: int) -> None:
    """The plugin must be listed exactly once."""
    content = config()
    content["plugins"] = content["plugins"] * count
    message = refusal(json.dumps(content))
    assert "'plugins'" in message
    assert f"{PLUGIN} exactly once" in message


def test_plugin_without_settings() -> None:
    """A plugin without settings is rejected, whether it is a bare name or a config without the key."""
    assert "with its settings" in refusal(json.dumps({"plugins": [PLUGIN]}))
    assert "'plugins' is missing" in refusal("{}")
    assert "expected an object in { }, got null" in refusal(json.dumps({"plugins": [{PLUGIN: None}]}))


@pytest.mark.parametrize("other", ["otter.plugins.builtin.RateLimiting", {"a.Plugin": {"days": 1}}])
def test_other_plugins(other: object) -> None:
    """Other plugins of Otter are refused with the reason: only ``otter run`` would load them."""
    content = config()
    content["plugins"] = [other, *content["plugins"]]
    message = refusal(json.dumps(content))
    assert f"the plugin {other if isinstance(other, str) else 'a.Plugin'} cannot be listed" in message
    assert "'otter run' would load it, but Gradescope" in message


@pytest.mark.parametrize("text", ["", "{", "not JSON", "{'plugins': []}", '{"plugins": [],}'])
def test_not_json(text: str) -> None:
    """A file that is not JSON is rejected, and the message says so."""
    assert "is not valid JSON" in refusal(text)


@pytest.mark.parametrize("text", ["[]", "3", "null", '"x"'])
def test_no_object(text: str) -> None:
    """JSON that is not an object is rejected."""
    assert "expected an object" in refusal(text)


def test_set_twice() -> None:
    """A setting that is in the file twice is rejected, because it is unclear which one counts."""
    text = CONFIG.read_text(encoding="utf-8").replace('"steps": 3', '"steps": 3, "steps": 4')
    assert "set twice: steps" in refusal(text)


def test_missing_file(tmp_path: Path) -> None:
    """For a missing file, the message names it and says what to do."""
    with pytest.raises(SettingsError, match=r"absent\.json: No such file.*run this in the folder of the assignment"):
        load(tmp_path / "absent.json")


def test_other_encoding(tmp_path: Path) -> None:
    """For a file that is not UTF-8, the message says what to do."""
    path = tmp_path / "otter_config.json"
    path.write_bytes('{"title": "é"}'.encode("latin-1"))
    with pytest.raises(SettingsError, match="save it as UTF-8"):
        load(path)


def old_file(**changes: object) -> str:
    """A file from the time before `values`, with the plugin's old name."""
    content = config()
    ours = content["plugins"][0].pop(PLUGIN)
    content["plugins"] = [{"autograder.otter_plugin.AutograderPlugin": ours | ours.pop("values") | changes}]
    return json.dumps(content)


def test_old_file() -> None:
    """A file from an older version is rejected. The message says what to move, and where."""
    message = refusal(old_file())
    assert "rename the plugin 'autograder.otter_plugin.AutograderPlugin' to" in message
    assert "move 'weight_range', 'steps', 'seed' into an object 'values'" in message
    assert "move 'weight_range' into an object 'values'" in refusal(json.dumps(without_values(weight_range=0.5)))


def without_values(**changes: object) -> dict[str, Any]:
    content = config()
    del content["plugins"][0][PLUGIN]["values"]
    content["plugins"][0][PLUGIN] |= changes
    return content


def test_constants_in_the_repository(tmp_path: Path) -> None:
    """Test cases and reference get the values from their own folder, and nothing else."""
    from assignment import settings as of_the_assignment
    from assignment.settings import POINTS, STEPS

    assert (config()["plugins"][0][PLUGIN]["values"]["steps"], config()["plugins"][0][PLUGIN]["points"]) == (
        STEPS,
        POINTS,
    )
    for name in ("WIDTH", "steps"):
        with pytest.raises(AttributeError, match=name):
            getattr(of_the_assignment, name)


@pytest.mark.parametrize("shown", [False, True])
@pytest.mark.parametrize("when", ["hidden", "after_due_date", "after_published"])
def test_two_keys_for_hidden_results(shown: bool, when: str) -> None:
    """Otter's own key, where it is set, must say the same as ours; the message has both ways out."""
    text = json.dumps(config(hidden_results=when) | {"show_hidden": shown})
    if shown is (when != "hidden"):
        assert parse(text).hidden_results == when
    else:
        assert re.search("'show_hidden' .* Remove 'show_hidden', or set 'hidden_results' to", refusal(text))


def test_a_word_that_is_none_of_the_choices() -> None:
    """The message lists the words that a setting can have."""
    told = refusal(json.dumps(config(hidden_results="never")))
    assert told.endswith("'never'; it can be 'hidden', 'after_due_date', 'after_published'")


def test_an_assignment_without_values() -> None:
    """An assignment may have no values of its own; only what nobody knows must have been one of them."""
    assert parse(json.dumps(config(values=None)), "otter_config.json").values == {}
    with pytest.raises(SettingsError, match="move 'width' into an object 'values'"):
        parse(json.dumps(config(values=None, width=3)), "otter_config.json")
