"""The errors that users of the project may meet; each message names the file and the way out."""


class AutograderError(Exception):
    """Something that an instructor or a TA can put right; the command line prints it without a traceback."""


class SettingsError(AutograderError):
    """otter_config.json is missing, is not JSON, or has a wrong setting."""


class SubmissionError(AutograderError):
    """A submission that cannot be graded as it was handed in; the message tells the student what to do."""


class BuildError(AutograderError):
    """A zip did not pass its validation; the zips that were there before are left alone."""


class SandboxError(AutograderError):
    """Student code cannot be run safely on this machine; the message says what is missing."""
