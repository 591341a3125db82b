"""The errors that users may see. Each message names the file and says what to do."""


class AutograderError(Exception):
    """A problem that an instructor or a TA can fix. The command line prints it without a traceback."""


class SettingsError(AutograderError):
    """otter_config.json is missing, is not JSON, or has a wrong setting."""


class SubmissionError(AutograderError):
    """A submission that cannot be graded as it is. The message tells the student what to do."""


class BuildError(AutograderError):
    """A zip could not be built, or failed its checks. The old zips stay as they are."""


class SandboxError(AutograderError):
    """This machine cannot run student code safely. The message says what is missing."""
