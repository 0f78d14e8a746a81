"""What the muscles drawn as bands are called. In: ids of ``body.bands.BANDS``. Next: the doors of why."""

from .wording import N_

MUSCLES: dict[str, str] = {
    "rhomboids": N_("rhomboids, between the shoulder blades"),
    "trapezius-middle": N_("middle trapezius"),
    "trapezius-lower": N_("lower trapezius"),
    "erector-thoracic": N_("long muscles beside the thoracic spine"),
    "levator": N_("levator scapulae, at the side of the neck"),
    "pectoralis-major": N_("large chest muscle"),
    "pectoralis-minor": N_("small chest muscle"),
    "deltoid-anterior": N_("front of the shoulder"),
}
