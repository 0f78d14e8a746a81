"""The closed forms come to what SciPy's solver makes of the laws as they are written down."""

from typing import Any

import numpy as np
import pytest
from tissue_days import G, laid_out, slopes

from midback.body.tissue import Effort, rested, run_day, tissue_parameters

pytestmark = pytest.mark.oracle


def solver() -> Any:
    return pytest.importorskip(
        "scipy.integrate", reason="SciPy is not installed; it comes with the group bench"
    ).solve_ivp


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_day_is_what_a_solver_makes_of_the_written_laws(seed: int) -> None:
    """Twenty bouts with rest, movement, quiet sitting and hard work: every state at every end to six digits."""
    solve, known, rng = solver(), tissue_parameters(), np.random.default_rng(seed)
    asked = rng.choice([0.0, 0.01, 0.05, 0.12, 0.4, 0.9], size=(20, G))
    bent, moving = rng.uniform(0, 1, 20), rng.choice([0.0, 0.0, 0.5, 1.0], size=20)
    dt = rng.uniform(30, 3600, 20)
    found = run_day(rested(), asked, bent, dt, moving=moving)
    assert found.states is not None
    values = laid_out(rested())
    for t in range(20):
        effort = Effort(fraction=asked[t], flexion=bent[t], moving=moving[t])
        done = solve(
            lambda _, x, effort=effort: slopes(x, effort, known),
            (0.0, dt[t]), values, method="LSODA", rtol=1e-9, atol=1e-12,
        )  # fmt: skip
        assert done.success
        values = done.y[:, -1]
        ours = np.concatenate(
            [
                found.states.fatigue[t + 1],
                found.states.dose[t + 1],
                [found.states.creep_fast[t + 1], found.states.creep_slow[t + 1]],
            ]
        )
        np.testing.assert_allclose(ours, values, atol=1e-6)
