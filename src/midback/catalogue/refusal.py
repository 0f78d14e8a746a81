"""A catalogue file that cannot be used: which file, which key, which rule. Next: load, doors."""

from midback.errors import InputError


class FileRefused(InputError):
    """One file of the catalogue breaks a rule.

    file : name of the file, without its folder
    key : where in the file, e.g. ``levels[2].seconds``; empty when it is the file as a whole
    rule : what is expected there
    """

    def __init__(self, file: str, key: str, rule: str, seen: str = "") -> None:
        self.file, self.key = file, key
        place = f"{file}: {key}" if key else file
        super().__init__(f"{place}: {seen}" if seen else f"{place}:", rule)
