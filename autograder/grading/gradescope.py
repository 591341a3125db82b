"""Converts the results of a submission to the formats of Otter and Gradescope."""

from typing import Any

import msgspec

from .messages import FAILED, PASSED
from .otter_parts import AutograderConfig, GradingResults, TestCaseResult, TestFile
from .results import Graded, GradescopeResults


def otter_results(graded: Graded, test_files: list[TestFile]) -> GradingResults:
    """Convert the results of a submission to Otter's format, which consists of the test files themselves."""
    found = {(case.question, case.name): case for case in graded.cases}
    for test_file in test_files:
        test_file.test_case_results = []
        for case in test_file.test_cases:
            result = found[test_file.name, case.name]
            text = PASSED if result.passed else f"{FAILED}\n{result.message}"
            test_file.test_case_results.append(TestCaseResult(case, text, result.passed))
    results = GradingResults(test_files)
    if graded.note:
        results.set_output(graded.note)
    return results


class GradescopeForm:
    """Converts results to Gradescope's format, with Otter's own rules for what is visible."""

    def __init__(self, test_files: list[TestFile], config: dict[str, Any]) -> None:
        """Prepare the conversion.

        Args:
            test_files: the test files that submissions are graded with.
            config: the content of otter_config.json.
        """
        self.test_files = test_files
        self._config = AutograderConfig(config)  # made once: this takes longer than writing results

    def fill(self, graded: Graded) -> GradescopeResults:
        """Return the results of a submission in Gradescope's format."""
        output = otter_results(graded, self.test_files).to_gradescope_dict(self._config)
        return msgspec.convert(output, GradescopeResults)
