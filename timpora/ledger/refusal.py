"""How a verb says no: one sentence for the reader, and the field it belongs to."""


class Refusal(Exception):
    """A verb's "no", in a sentence its user can act on.

    `message` is a (lazily) translated sentence without personal data, `field` the form field it
    stands beside (None: the whole form), `code` a short word for tests and the API.
    """

    status = 400

    def __init__(self, message: object, *, field: str | None = None, code: str = "refused") -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.code = code

    def __str__(self) -> str:
        return str(self.message)


class Conflict(Refusal):
    """What was sent rests on something that has changed since, or on an id already used otherwise."""

    status = 409
