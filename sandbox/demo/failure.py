"""Why the demo cannot go on."""


class Failure(Exception):  # noqa: N818 - it is no defect: what it says is all that somebody needs
    """A sentence for whoever started the demo: what went wrong, and what to do."""
