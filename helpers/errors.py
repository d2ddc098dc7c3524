"""What goes wrong when something is built."""


class BuildError(RuntimeError):
    """Something cannot be built; the message names it and says what to do."""
