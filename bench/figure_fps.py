"""The moving figure in Chromium: frames a second, and tasks that block the page for more than 50 ms."""

from browser import demo_page
from figures import Figure, median

SECONDS = 8
WATCH = """
async (seconds) => {
  const long = [];
  new PerformanceObserver(list => list.getEntries().forEach(e => long.push(e.duration)))
    .observe({type: 'longtask'});
  const gaps = [];
  let last = performance.now();
  const end = last + 1000 * seconds;
  await new Promise(done => {
    const tick = now => {
      gaps.push(now - last);
      last = now;
      now < end ? requestAnimationFrame(tick) : done();
    };
    requestAnimationFrame(tick);
  });
  return {long, gaps: gaps.slice(1)};
}
"""
DRAWN = "() => document.querySelector('mb-figure').innerHTML"


def measure() -> list[Figure]:
    """Watch the exercise page of cat-cow play."""
    with demo_page() as (server, page):
        page.goto(server.base + "/library/cat-cow", wait_until="networkidle")
        page.wait_for_selector("mb-figure svg", state="attached")
        page.evaluate("document.querySelector('mb-figure').play()")
        page.wait_for_timeout(500)  # so that loading is not counted as moving
        before = page.evaluate(DRAWN)
        seen = page.evaluate(WATCH, SECONDS)
        if page.evaluate(DRAWN) == before:
            raise RuntimeError("the figure did not move")
    gaps = [float(gap) for gap in seen["gaps"]]
    long = [float(task) for task in seen["long"]]
    return [
        Figure("tasks over 50 ms while it moves", len(long), "", 0, [round(task) for task in long]),
        Figure("frames a second, from the median gap", 1000 / median(gaps), "1/s", None),
        Figure("frames a second, from the mean", 1000 * len(gaps) / sum(gaps), "1/s", None),
        Figure("longest gap between frames", max(gaps), "ms", None, [round(g) for g in sorted(gaps)[-10:]]),
    ]
