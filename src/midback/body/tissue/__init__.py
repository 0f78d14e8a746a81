"""Time: what hours of effort and of bending leave behind in muscle and tissue, by laws with an exact solution.

Fatigue comes and goes in minutes, creep of passive tissue in tens of minutes, the dose of holding still in hours.
Nothing here simulates harm or its healing: a high number is a tired or stiff back, and rest and movement bring it
down.
"""

from midback.body.tissue.advance import advance
from midback.body.tissue.day import Day, Levels, run_day
from midback.body.tissue.effort import Effort, at_rest, effort_of
from midback.body.tissue.holes import Between, run_between
from midback.body.tissue.parameters import TissueParams, draw_tissue, tissue_parameters
from midback.body.tissue.sample import sample_day
from midback.body.tissue.state import GROUPS, TissueState, creep_of, rested, tiredness

__all__ = [
    "GROUPS",
    "Between",
    "Day",
    "Effort",
    "Levels",
    "TissueParams",
    "TissueState",
    "advance",
    "at_rest",
    "creep_of",
    "draw_tissue",
    "effort_of",
    "rested",
    "run_between",
    "run_day",
    "sample_day",
    "tiredness",
    "tissue_parameters",
]
