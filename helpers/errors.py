"""What goes wrong when something is built."""


class BuildError(RuntimeError):
    """Something cannot be built; the message names it and says what to do."""


class UsageError(ValueError):
    """Something was asked for that there is not; the message names what there is."""
