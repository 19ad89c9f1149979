"""How a rule says no: one exception class for each rule, translated to HTTP in one place."""


class DomainError(Exception):
    """A rule refused what a person asked for.

    ``code`` is stable and meant for programs; ``sentence`` is a Chinese sentence that tells the
    person what to do, filled in with the keyword arguments, which stay readable in ``data``;
    ``leads_to`` names the route where it can be done, "" where there is no other page to go to.
    """

    code = "refused"
    sentence = "现在不能这样做。"
    leads_to = ""

    def __init__(self, **data: object) -> None:
        self.data = data
        super().__init__(self.sentence.format(**data))
