"""What may stand in an address. Anything else is an unknown address: 404, before a view is asked."""


class SlugInAnyScript:
    """Letters and digits of any script, hyphens and underscores: what a slug field accepts."""

    regex = r"[-\w]{1,120}"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return str(value)


class Year:
    """Four plain digits within a range every calendar and database can reckon with."""

    regex = "[12][0-9]{3}"

    def to_python(self, value):
        return int(value)

    def to_url(self, value):
        return f"{value:04}"


class Month:
    regex = "0[1-9]|1[0-2]"

    def to_python(self, value):
        return int(value)

    def to_url(self, value):
        return f"{value:02}"
