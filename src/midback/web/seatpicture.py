"""Small pictures of a desk, a sofa and a driver's seat with a person in them. Out: SVG.

Next: the set-up page.

They only say what is meant; the words beside them carry the advice.
"""

_HEAD = '<svg class="seat" viewBox="0 0 160 110" aria-hidden="true">'
PERSON = '<g class="seat-person">{}</g>'
THINGS = '<g class="seat-things">{}</g>'

_SEATS = {
    "desk": (
        '<path d="M78 56h60v4h-60zM128 60h4v40h-4z"/><path d="M112 22l20-2v28l-20 2zM121 50h3v6h-3z"/>'
        '<path d="M30 34c-4 14-3 24 2 34h34v5h-36c-7-11-8-26-4-40zM46 73h4v19h-4zM34 92h28v4h-28z"/>',
        '<circle cx="54" cy="16" r="9"/><path d="M48 28c-6 12-6 26-2 38" /><path d="M46 66h32v28h8"/>'
        '<path d="M50 34c4 10 8 16 14 20h22"/>',
    ),
    "sofa": (
        '<path d="M14 46c0-6 9-6 10 0l4 24h64v-14c0-7 11-7 11 0v34h-86z"/><path d="M26 '
        '90h6v8h-6zM90 90h6v8h-6z"/>'
        '<path d="M134 30h16v30h-16zM141 60h3v36h-3z"/>',
        '<circle cx="46" cy="26" r="9"/><path d="M42 37c-6 10-7 22-4 32"/><path d="M38 69h38l8 24h8"/>'
        '<path d="M42 44c8 8 16 12 24 12"/>',
    ),
    "driver-seat": (
        '<path d="M26 36c2-6 11-4 11 2l2 34h42v8h-50c-5-14-6-30-5-44zM22 18h14v12h-14z"/>'
        '<path d="M104 38l8 3-10 26-7-3z"/><path d="M112 84l26-10v6l-24 12zM10 98h140v3h-140z"/>',
        '<circle cx="52" cy="24" r="9"/><path d="M47 36c-5 11-5 22-2 34"/><path d="M45 70h36l26 14"/>'
        '<path d="M48 42c10 8 28 12 50 10"/>',
    ),
}


def draw_seat(check_id: str) -> str:
    """Return the picture of one check; "" for a check that has none."""
    if check_id not in _SEATS:
        return ""
    things, person = _SEATS[check_id]
    return _HEAD + THINGS.format(things) + PERSON.format(person) + "</svg>"
