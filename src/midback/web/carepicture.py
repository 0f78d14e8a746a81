"""Small pictures of care by others: hands on a back, two people talking. Out: SVG. Next: the library.

They only say what is meant; the words beside them carry the advice.
"""

from .seatpicture import PERSON, THINGS

_HEAD = '<svg class="care-picture" viewBox="0 0 160 110" aria-hidden="true">'
_OTHER = '<g class="care-other">{}</g>'

_CARE = {
    "massage": (
        '<path d="M10 78h140v7H10zM26 85h7v19h-7zM127 85h7v19h-7z"/>',
        '<circle cx="26" cy="66" r="9"/><path d="M43 69c16-5 28-4 44 0h52"/>',
        '<path d="M50 8c0 18 1 28 4 36l3 12h12"/><path d="M106 8c0 18-2 28-6 36l-4 12H84"/>',
    ),
    "professional": (
        '<path d="M26 58h5v46h-5zM31 82h26v5H31zM53 87h4v17h-4zM129 58h5v46h-5zM103 82h26v5h-26zM103 87h4v17h-4z'
        'M62 8h36a6 6 0 0 1 6 6v12a6 6 0 0 1-6 6H80l-8 8v-8H62a6 6 0 0 1-6-6V14a6 6 0 0 1 6-6z"/>',
        '<circle cx="40" cy="34" r="9"/><path d="M38 48c-2 10-2 20 0 29h24v26"/><path d="M40 54c6 6 12 9 20 9"/>',
        '<circle cx="120" cy="34" r="9"/><path d="M122 48c2 10 2 20 0 29H98v26"/><path d="M120 54c-6 6-12 9-20 9"/>',
    ),
}


def draw_care(exercise_id: str) -> str:
    """Return the picture of one kind of care; "" for what has none."""
    if exercise_id not in _CARE:
        return ""
    things, person, other = _CARE[exercise_id]
    return _HEAD + THINGS.format(things) + PERSON.format(person) + _OTHER.format(other) + "</svg>"
