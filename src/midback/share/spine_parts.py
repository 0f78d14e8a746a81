"""The pieces a spine is drawn of: its curve, steps, bars and joints, as SVG. Next: ``spine`` lays them out."""

import math
from html import escape

from .spine_day import ATTEND, MOVE, PAPER, TINTS, UNKNOWN, BarShape, HeldBar, HourStep, Joint, tint


def sway(along: float) -> tuple[float, float]:
    """Return the sideways place (-1..1) and slope of the curve at ``along`` (0..1, top to bottom)."""
    turn = 2 * math.pi * (along - 0.19) / 0.95
    return math.cos(turn), -math.sin(turn)


def step_width(along: float) -> float:
    """Return how wide a step is at ``along``: widest a little below the middle."""
    return 31 + 9 * (1 - min(1.0, abs(along - 0.55) / 0.55))


def shortened(name: str) -> str:
    """Return a name that fits beside the spine."""
    return name if len(name) <= 12 else name[:11].rstrip() + "…"


def draw_bar(shape: BarShape, x: float, y: float, width: float, height: float) -> str:
    """Draw one bout as a bar ``width`` across and ``height`` along."""
    if shape == "hollow":
        return (
            f'<rect x="{x + 0.9:.1f}" y="{y + 0.9:.1f}" width="{max(0.5, width - 1.8):.1f}" '
            f'height="{max(0.5, height - 1.8):.1f}" rx="2" fill="none" stroke-width="1.8"/>'
        )
    if shape == "split":
        part = width * 0.34
        return (
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{part:.1f}" height="{height:.1f}" rx="1"/>'
            f'<rect x="{x + width - part:.1f}" y="{y:.1f}" width="{part:.1f}" height="{height:.1f}" rx="1"/>'
        )
    if shape == "thin":
        return (
            f'<rect x="{x + width * 0.35:.1f}" y="{y:.1f}" width="{width * 0.3:.1f}" '
            f'height="{height:.1f}" rx="1"/>'
        )
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="2"/>'


def opened(width: float, height: float, title: str, desc: str, kind: str) -> str:
    """Return the opening of the drawing, with its title and description."""
    return (
        f'<svg class="mb-spine mb-spine-{kind}" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 '
        f'{width:g} {height:g}" '
        f'role="img" font-family="sans-serif"><title>{escape(title)}</title><desc>{escape(desc)}</desc>'
    )


def draw_step(
    hour: HourStep, x: float, y: float, turn: float, width: float, height: float, *, across: bool = False
) -> str:
    """Draw one hour; what is not known of it stays as the unknown looks. ``across``: time runs to the right."""
    shade = tint(hour.still_min)
    whole = shade is None or hour.known == ((0.0, 1.0),)
    place = f'transform="translate({x:.1f} {y:.1f}) rotate({turn:.1f})"'
    base, fill = ("unknown", UNKNOWN) if shade is None or not whole else (str(shade), TINTS[shade])
    radius = min(width, height) * 0.36
    step = (
        f'<rect class="mb-hour mb-still-{base}" x="{-width / 2:.1f}" y="{-height / 2:.1f}" '
        f'width="{width:.1f}" height="{height:.1f}" rx="{radius:.1f}" fill="{fill}" {place}>'
        f"<title>{escape(hour.says)}</title></rect>"
    )
    if whole or shade is None:
        return step
    parts = "".join(
        f'<path d="{_part(low, high, width, height, radius, across)}"/>' for low, high in hour.known
    )
    return step + (
        f'<g class="mb-still-{shade}" fill="{TINTS[shade]}" pointer-events="none" {place}>{parts}</g>'
    )


def _part(low: float, high: float, width: float, height: float, radius: float, across: bool) -> str:
    """Return the outline of the part from ``low`` to ``high`` (0..1) of a rounded step around 0, 0."""
    length, thick = (width, height) if across else (height, width)
    turned = min(radius, length / 2, thick / 2)

    def half(along: float) -> float:
        """Return half the step's thickness at ``along`` from its beginning, in drawing units."""
        into = turned - min(along, length - along)
        return thick / 2 if into <= 0 else thick / 2 - turned + math.sqrt(max(0.0, turned**2 - into**2))

    start, end = low * length, high * length
    bends = [turned * n / 4 for n in range(5)] + [length - turned * n / 4 for n in range(5)]
    along = [start, *sorted(at for at in bends if start < at < end), end]
    edge = [(at - length / 2, half(at)) for at in along] + [
        (at - length / 2, -half(at)) for at in along[::-1]
    ]
    points = [(at, off) if across else (off, at) for at, off in edge]
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "Z"


def draw_held(bar: HeldBar, x: float, y: float, width: float, height: float) -> str:
    """Draw a stretch in which a prompt was held back: a hollow, dashed capsule."""
    return (
        f'<rect class="mb-held" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" '
        f'rx="{min(width, height) / 2:.1f}" fill="none" stroke="{ATTEND}" stroke-width="1.4" '
        f'stroke-dasharray="3 2"><title>{escape(bar.says)}</title></rect>'
    )


def draw_joint(joint: Joint, x: float, y: float, radius: float) -> str:
    """Draw one movement: filled when done, hollow when planned; a prompt is a diamond."""
    if joint.prompt:
        return (
            f'<path class="mb-prompt" d="M{x:.1f} {y - radius:.1f}l{radius:g} {radius:g}l-{radius:g} '
            f'{radius:g}l-{radius:g} -{radius:g}z" fill="{PAPER}" stroke="{ATTEND}" stroke-width="1.6">'
            f"<title>{escape(joint.says)}</title></path>"
        )
    style = f'fill="{MOVE}"' if joint.done else f'fill="{PAPER}" stroke="{MOVE}" stroke-width="1.6"'
    kind = "done" if joint.done else "held"
    return (
        f'<circle class="mb-joint mb-joint-{kind}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" {style}>'
        f"<title>{escape(joint.says)}</title></circle>"
    )
