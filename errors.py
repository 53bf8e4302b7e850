"""The errors that people see: what went wrong and what to do about it.

Raised where something enters or leaves the house, caught in two places only: the handler
of the app and the command line.
"""


class WarRoomError(Exception):
    """Something a person should be told.

    `what` says what is wrong, `to_do` what to do about it; both are plain sentences without
    markup. Anything else that is raised is a defect and reaches people as a reference only.
    """

    def __init__(self, what: str, to_do: str = "") -> None:
        super().__init__(what, to_do)
        self.what = what
        self.to_do = to_do

    def __str__(self) -> str:
        return f"{self.what} {self.to_do}".strip()


class DataMissing(WarRoomError):
    """A view needs an extract that this company has not connected.

    `extracts` names what to connect.
    """

    def __init__(self, extracts: tuple[str, ...]) -> None:
        names = ", ".join(extracts)
        super().__init__(f"There is no {names} yet.", f"Connect {names}.")
        self.extracts = extracts


class QueryFailed(WarRoomError):
    """A query was stopped at its limit or could not run."""


class BadInput(WarRoomError):
    """What came in cannot be used: a file, a setting, a value typed by a person."""


class Forbidden(WarRoomError):
    """This reader may not see or do this."""


class StateFailed(WarRoomError):
    """What people decide could not be read or saved; nothing is half done."""
