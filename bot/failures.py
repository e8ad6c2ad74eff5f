"""What ends a command of the terminal with status 1."""


class Failure(Exception):
    """The command cannot be done; the message, a line or more, is for the person at the terminal."""
