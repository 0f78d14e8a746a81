"""What is known: exercises, warning-sign questions, claims and sources, as TOML with one loader.

Next: everything else reads it. ``load_catalogue`` is the way in.
"""

from midback.catalogue.catalogue import Catalogue, Refusal
from midback.catalogue.load import load_catalogue

__all__ = ["Catalogue", "Refusal", "load_catalogue"]
