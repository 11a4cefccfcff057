"""What goes wrong in a way that somebody can act on."""


class UserError(Exception):
    """A sentence for the person who asked: what went wrong, why, and what to type next.

    ``template`` is a key of the message catalogue, ``values`` fill it. Whatever else is raised is a
    defect: the dispatcher logs it whole and shows a reference to quote.
    """

    def __init__(self, template: str, /, **values: object) -> None:
        super().__init__(template)
        self.template = template
        self.values = values

    def __str__(self) -> str:
        return self.template.format_map(self.values)
