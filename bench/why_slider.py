"""The sliders of "Why" in Chromium: from an input event to what it changes being drawn.

Each step sets a slider, sends the event a hand would, waits until the answer is put in place and the browser has
painted the frame with it. What the server needs alone is told beside it.
"""

from browser import demo_page
from figures import Figure, median, percentile

STEPS = 60
WATCH = """
async ([from, to]) => {
  const form = document.querySelector('form[data-why]');
  const names = ['head', 'upper', 'trunk', 'arms', 'arm_rest', 'back_rest', 'breaks'];
  const painted = () => new Promise(done => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => done(performance.now());
    channel.port2.postMessage(0);
  }));
  const times = [], drawn = new Set();
  for (let n = from; n < to; n++) {
    const slider = form.elements[names[n % names.length]];
    const low = Number(slider.min), high = Number(slider.max), step = Number(slider.step);
    slider.value = String(low + step * Math.floor(((0.31 + 0.618 * n) % 1) * (high - low) / step));
    const put = new Promise(done => form.addEventListener('mb-why', done, {once: true}));
    const began = performance.now();
    slider.dispatchEvent(new Event('input', {bubbles: true}));
    await put;
    times.push(await painted() - began);
    drawn.add(document.querySelector('[data-drawn=side]').innerHTML);
    await new Promise(done => setTimeout(done, 30));
  }
  const asked = performance.getEntriesByType('resource').filter(e => e.name.includes('/api/why/effect'));
  return {times, asked: asked.map(e => e.responseEnd - e.requestStart), different: drawn.size};
}
"""


def measure() -> list[Figure]:
    """Move every slider of the demo's page in turn."""
    with demo_page() as (server, page):
        page.goto(server.base + "/why", wait_until="networkidle")
        # The first of each kind loads code; those that are counted are drawn for the first time.
        page.evaluate(WATCH, [0, 7])
        page.evaluate("performance.clearResourceTimings()")
        seen = page.evaluate(WATCH, [7, 7 + STEPS])
        if seen["different"] < STEPS // 2:
            raise RuntimeError("the figure did not follow the sliders")
    times, asked = ([float(value) for value in seen[key]] for key in ("times", "asked"))
    rounded = [f"{value:.1f}" for value in times]
    return [
        Figure("slider to drawn effect, 95 in 100", percentile(times, 95), "ms", 50, rounded),
        Figure("slider to drawn effect, median", median(times), "ms", None),
        Figure("of it the server, median", median(asked), "ms", None, [f"{value:.1f}" for value in asked]),
    ]
