"""How a rule says no."""


class Refused(Exception):
    """A rule says no. `code` is for ever; the sentence for people lives in `locales/`.

    `details` are plain values that the sentence or the interface needs.
    """

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code = code
        self.details = details
