"""`midback doctor`: is everything well? In: app.doctor. Out: findings, exit code 8 when one is not well."""

import sys
from collections.abc import Sequence

from midback.app.doctor import examine
from midback.app.finding import Finding
from midback.settings import read_settings

from .door import print_json
from .paper import heading, line
from .words import _


def report(as_json: bool) -> None:
    """Print each finding and its next step."""
    findings = examine(read_settings())
    if as_json:
        shape = [
            {
                "name": f.name.said(),
                "ok": f.ok,
                "says": f.says.said(),
                "next_step": f.next_step.said(),
                "live": f.live,
            }
            for f in findings
        ]
        print_json(shape)
    else:
        _print(findings)
    if not all(finding.ok for finding in findings):
        sys.exit(8)


def _print(findings: Sequence[Finding]) -> None:
    """Print the findings: midback itself, then what is live of sensing, then what is not."""
    parts = (
        (_("midback itself"), [f for f in findings if not f.sensing]),
        (_("Sensing, live here"), [f for f in findings if f.sensing and f.live and f.ok]),
        (_("Sensing, not well"), [f for f in findings if f.sensing and not f.ok]),
        (_("Sensing, not live here"), [f for f in findings if f.sensing and f.ok and not f.live]),
    )
    for title, shown in parts:
        if shown:
            heading(title)
        for finding in shown:
            verdict = _("not well") if not finding.ok else _("well") if finding.live else _("not live")
            line(f"{verdict}: {finding.name.said(_)}: {finding.says.said(_)}", indent=2)
            if finding.next_step.template:
                line(finding.next_step.said(_), indent=6)
