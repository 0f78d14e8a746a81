"""`midback doctor`: is everything well? In: app.doctor. Out: findings, exit code 8 when one is not well."""

import sys

from midback.app.doctor import examine
from midback.settings import read_settings

from .door import print_json
from .paper import line
from .words import _


def report(as_json: bool) -> None:
    """Print each finding and its next step."""
    findings = examine(read_settings())
    say = str if as_json else _
    if as_json:
        shape = [
            {
                "name": f.name.said(say),
                "ok": f.ok,
                "says": f.says.said(say),
                "next_step": f.next_step.said(say),
            }
            for f in findings
        ]
        print_json(shape)
    else:
        for finding in findings:
            verdict = _("well") if finding.ok else _("not well")
            line(f"{verdict}: {finding.name.said(say)}: {finding.says.said(say)}")
            if finding.next_step.template:
                line(finding.next_step.said(say), indent=4)
    if not all(finding.ok for finding in findings):
        sys.exit(8)
