"""How the figure is dressed. In: ids of skin, hair and clothes. Out: CSS classes, light colours, the
stylesheet.

Every shape carries its light colour as a presentation attribute, so that the drawing stands alone on paper;
on a page ``static/figure.css``, written by ``stylesheet``, takes over and knows the dark theme.
"""

from dataclasses import dataclass
from typing import Final

from midback.errors import InputError

SKINS: Final = {
    "porcelain": ("#f4d3b8", "#dcb496"),
    "sand": ("#eabf95", "#cf9f74"),
    "amber": ("#d19a66", "#b17d4b"),
    "umber": ("#a36f45", "#855633"),
    "cocoa": ("#7d5235", "#643f28"),
    "ebony": ("#57392a", "#432b20"),
}
HAIRS: Final = ("short", "long", "bun", "covered", "none", "grey")
HAIR_COLOUR: Final = {
    "short": "#43342c",
    "long": "#5a3d29",
    "bun": "#33292a",
    "covered": "#6f6aa3",
    "none": "#43342c",
    "grey": "#a5a7a8",
}
# top near, top far, legs near, legs far; then the same for the dark theme
CLOTHES: Final = {
    "sky": ("#7aa7d9", "#5f88b5", "#33475b", "#27384a", "#7fb0e2", "#5b86b3", "#56718c", "#42596f"),
    "moss": ("#8fae7b", "#71905f", "#4a4a44", "#3a3a35", "#97b983", "#728f60", "#7b7b70", "#5f5f56"),
    "plum": ("#a583b5", "#866795", "#3d3a52", "#2f2c40", "#b292c2", "#876a96", "#6d6890", "#545070"),
    "clay": ("#cf9479", "#ae765d", "#4b5560", "#3a434c", "#d79e84", "#a8735b", "#748290", "#596673"),
    "stone": ("#c3c7c4", "#a0a5a2", "#39515a", "#2b3f47", "#c9cfcc", "#999f9c", "#5d7f8b", "#48646e"),
}
LONG_SLEEVES: Final = frozenset({"plum"})
SHORTS: Final = frozenset({"moss"})

# what, light, dark
SCENE: Final = {
    "edge": ("#1f2a2e", "#05090a"),
    "shade": ("#10202b", "#061016"),
    "lit": ("#d6fff2", "#d9fff4"),
    "lit-edge": ("#0f5f53", "#0a4f45"),
    "floor": ("#e6e0d3", "#26343a"),
    "shadow": ("#1f2a2e", "#000000"),
    "mat": ("#a9d5c5", "#2c5a51"),
    "wall": ("#ece6da", "#223036"),
    "wall-edge": ("#cfc6b4", "#3c4d54"),
    "wood": ("#d9b98c", "#8f7450"),
    "wood-dark": ("#b89565", "#6d5839"),
    "ball": ("#e0896f", "#d98168"),
    "ball-mark": ("#b7654e", "#a55c47"),
    "foam": ("#8f86b8", "#9188bd"),
    "foam-dark": ("#6f669a", "#6c6497"),
    "towel": ("#f0cf8e", "#d9b873"),
    "towel-dark": ("#cfa75c", "#ad8c4f"),
    "band": ("#c2466a", "#e0698b"),
    "linen": ("#dfe6ec", "#44545f"),
    "linen-dark": ("#c3ced8", "#36444e"),
}


@dataclass(frozen=True, slots=True)
class Look:
    """The person's choice of skin, hair and clothes, by id."""

    skin: str = "sand"
    hair: str = "short"
    clothes: str = "sky"

    def __post_init__(self) -> None:
        for word, value, known in (
            ("skin", self.skin, tuple(SKINS)),
            ("hair", self.hair, HAIRS),
            ("clothes", self.clothes, tuple(CLOTHES)),
        ):
            if value not in known:
                raise InputError(
                    "There is no {word} '{value}'.",
                    "Choices are: {known}.",
                    values={"word": word, "value": value[:40], "known": ", ".join(known)},
                )

    def classes(self) -> str:
        """Return the classes of the root element."""
        return f"mb-figure mb-skin-{self.skin} mb-hair-{self.hair} mb-clothes-{self.clothes}"

    def colours(self) -> dict[str, str]:
        """Return the light colour of each thing drawn, by its name."""
        top, top_far, legs, legs_far = CLOTHES[self.clothes][:4]
        return {
            "skin": SKINS[self.skin][0],
            "skin-far": SKINS[self.skin][1],
            "hair": HAIR_COLOUR[self.hair],
            "top": top,
            "top-far": top_far,
            "legs": legs,
            "legs-far": legs_far,
            **{name: light for name, (light, _) in SCENE.items()},
        }


STROKED: Final = frozenset({"edge", "lit-edge", "band", "wall-edge"})


def stylesheet() -> str:
    """Write ``static/figure.css``."""
    lines = ["/* Written by midback.share.figure_look.stylesheet(); a test keeps it in step. */"]
    lines.append(".mb-figure{" + _scene(0) + "}")
    for skin, (near, far) in SKINS.items():
        lines.append(f".mb-skin-{skin}{{--mb-skin:{near};--mb-skin-far:{far}}}")
    for hair in HAIRS:
        lines.append(f".mb-hair-{hair}{{--mb-hair:{HAIR_COLOUR[hair]}}}")
    for name, row in CLOTHES.items():
        lines.append(f".mb-clothes-{name}{{{_clothes(row[:4])}}}")
    dark = [".mb-figure{" + _scene(1) + "}"]
    dark += [f".mb-clothes-{name}{{{_clothes(row[4:])}}}" for name, row in CLOTHES.items()]
    dark += [".mb-hair-short,.mb-hair-bun{--mb-hair:#6b564a}.mb-hair-long{--mb-hair:#7d5a41}"]
    lines.append("@media (prefers-color-scheme:dark){")
    lines += [_scoped(rule, ":root:not([data-theme=light])") for rule in dark]
    lines.append("}")
    lines += [_scoped(rule, ":root[data-theme=dark]") for rule in dark]
    for name in ("skin", "skin-far", "hair", "top", "top-far", "legs", "legs-far", *SCENE):
        way = "stroke" if name in STROKED else "fill"
        lines.append(f".mb-{name}{{{way}:var(--mb-{name})}}")
    lines.append(".mb-wood-line{stroke:var(--mb-wood-dark)}")
    lines.append("mb-figure,svg.mb-figure{display:block}")
    return "\n".join(lines) + "\n"


def _scene(column: int) -> str:
    return ";".join(f"--mb-{name}:{pair[column]}" for name, pair in SCENE.items())


def _clothes(row: tuple[str, ...]) -> str:
    return ";".join(
        f"--mb-{name}:{value}"
        for name, value in zip(("top", "top-far", "legs", "legs-far"), row, strict=True)
    )


def _scoped(rules: str, scope: str) -> str:
    """Put a scope before each selector of flat rules."""
    out = []
    for rule in rules.split("}"):
        if rule:
            selectors, body = rule.split("{")
            out.append(",".join(f"{scope} {s}" for s in selectors.split(",")) + "{" + body + "}")
    return "".join(out)
