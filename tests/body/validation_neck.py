"""V7 again: what an open neck model's muscles can do in OpenSim, and men who were measured. In: fixtures. Out: rows.

How the numbers were got stands in the file itself; tests/body/test_bands_opensim.py computes them anew.
"""

import json
from pathlib import Path

from validation_rows import Row, by_share

from midback.catalogue.constants import load_constants

KEPT = Path(__file__).resolve().parent.parent / "fixtures" / "oracle" / "neck-model.json"
TABULATED = {"extension": 48.2, "flexion": 29.2}
MEASURED = {"extension": 52.0, "flexion": 30.0}


def neck_rows() -> list[Row]:
    """Return the model's strength as tabulated and as computed by us, beside men measured, and what bending leaves."""
    told = json.loads(KEPT.read_text("utf-8"))
    at = {row["extended_deg"]: row for row in told["at"]}
    known = load_constants()
    rows = []
    for way, tabulated in TABULATED.items():
        computed = at[0][f"{way}_n_m"]
        what = f"greatest {way} of the neck model, summed by us in OpenSim 4.6"
        rows.append(by_share("V7", what, tabulated, computed, "N m", 0.15))
        what = f"greatest {way} measured in 11 men, the neck model's beside it"
        rows.append(by_share("V7", what, MEASURED[way], computed, "N m", 0.15))
    left = at[-30]["extension_n_m"] / at[0]["extension_n_m"]
    ours = known["neck-strength-bent"].value
    assert isinstance(ours, float)
    return [
        *rows,
        by_share("V7", "extension left at 30 degrees of bending, the neck model's", left, ours, "", 0.15),
    ]
