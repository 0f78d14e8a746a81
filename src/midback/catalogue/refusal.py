"""A catalogue file that cannot be used: which file, which key, which rule. Next: load, doors."""

from midback.errors import InputError


class FileRefused(InputError):
    """One file of the catalogue breaks a rule.

    file : name of the file, without its folder
    key : where in the file, e.g. ``levels[2].seconds``; empty when it is the file as a whole
    rule : what is expected there
    """

    def __init__(self, file: str, key: str, rule: str, found: str = "") -> None:
        self.file, self.key = file, key
        self.what_is_wrong = f"{found[:1].upper()}{found[1:]} {rule}".strip()
        place = f"{file}: {key}:" if key else f"{file}:"
        super().__init__(f"{place} {found}".strip(), rule)
