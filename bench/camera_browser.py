"""The camera in Chromium: our page against a bare tasks-vision page in one run, feedback, long tasks.

Both look at the same clip with the full network and its mask, in turn, for the same seconds. The clip is not part of
the repository; where it is missing there is nothing to measure.
"""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from browser import demo_page
from figures import Figure, median, percentile

from midback.vendored import FOLDER

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "web"))

CLIP = Path(__file__).resolve().parents[2] / "shared/footage/allfours/catcow_A_side_wanshape.mp4"
ROUNDS, SECONDS = 3, 8
BARE = """<!doctype html><video muted playsinline></video><script type="module">
const video = document.querySelector("video");
video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 480 } });
await video.play();
const worker = new Worker("/worker.mjs", { type: "module" });
const send = async () => {
  const picture = await createImageBitmap(video);
  worker.postMessage(picture, [picture]);
};
window.frames_done = 0;
worker.onmessage = ({ data }) => {
  if (data === "frame") window.frames_done += 1;
  send();
};
</script>"""
# Only the module build of the runtime is installed, and that one loads in a worker.
BARE_WORKER = """
import { FilesetResolver, PoseLandmarker } from "/tasks-vision/vision_bundle.mjs";
const files = await FilesetResolver.forVisionTasks("/tasks-vision/wasm", true);
const pose = await PoseLandmarker.createFromOptions(files, {
  baseOptions: { modelAssetPath: "/pose_full.task", delegate: "CPU" },
  runningMode: "VIDEO", numPoses: 1, outputSegmentationMasks: true,
});
onmessage = ({ data: picture }) => {
  const found = pose.detectForVideo(picture, performance.now());
  found.segmentationMasks?.[0]?.getAsFloat32Array();
  found.close();
  picture.close();
  postMessage("frame");
};
postMessage("ready");
"""
OPEN = """async () => {
  const post = (path, body) => fetch(path, {method: 'POST', body: JSON.stringify(body),
    headers: {'Content-Type': 'application/json', Accept: 'application/json'}}).then(a => a.json());
  await post('/api/camera/session', {allowed: true});
  const id = 'bench-' + Math.random().toString(36).slice(2);
  const opened = await post('/api/session', {id, pain: 2, exercise: 'cat-cow', variant: 'floor',
    places: ['home-floor']});
  if (!opened.id) throw new Error(JSON.stringify(opened));
  return opened.id;
}"""
LONG = """window.long = [];
new PerformanceObserver(list => list.getEntries().forEach(e => window.long.push([e.startTime, e.duration])))
  .observe({type: 'longtask', buffered: true});"""
SEEN = "import('/static/session-camera.js').then(m => m.measured)"


@contextmanager
def bare_site(folder: Path) -> Iterator[str]:
    """Serve the bare page beside the vendored files, on loopback."""
    (folder / "index.html").write_text(BARE, "utf-8")
    (folder / "worker.mjs").write_text(BARE_WORKER, "utf-8")
    for path in FOLDER.iterdir():
        (folder / path.name).symlink_to(path)

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_arguments: Any) -> None:
            return

    Quiet.extensions_map |= {".mjs": "text/javascript", ".wasm": "application/wasm"}
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()


def measure() -> list[Figure]:
    """Let both look in turn; every round opens both anew."""
    if not CLIP.exists():
        raise RuntimeError(f"the clip {CLIP.name} is not beside the repository")
    from camera_rig import as_fake_camera

    ours: list[float] = []
    bare: list[float] = []
    latencies: list[float] = []
    long: list[float] = []
    with TemporaryDirectory() as folder:
        site = Path(folder, "bare")
        site.mkdir()
        clip = as_fake_camera(CLIP, Path(folder, "clip.mjpeg"))
        flags = (
            "--use-fake-ui-for-media-stream",
            "--use-fake-device-for-media-stream",
            f"--use-file-for-fake-video-capture={clip}",
        )
        with bare_site(site) as address, demo_page(*flags) as (server, page):
            page.add_init_script(LONG)
            for _ in range(ROUNDS):
                page.goto(server.base + "/")
                page.goto(server.base + "/session/" + page.evaluate(OPEN))
                page.keyboard.press("c")
                _wait(page, f"{SEEN}.then(m => m.latencies.length > 5)")
                page.keyboard.press("Space")
                page.wait_for_timeout(1500)
                since, before = page.evaluate("performance.now()"), page.evaluate(SEEN)
                page.wait_for_timeout(1000 * SECONDS)
                after, until = page.evaluate(SEEN), page.evaluate("performance.now()")
                ours.append(1000 * (after["frames"] - before["frames"]) / (until - since))
                latencies += after["latencies"][len(before["latencies"]) :]
                long += [took for began, took in page.evaluate("window.long") if began >= since]
                page.keyboard.press("c")

                page.goto(address)
                _wait(page, "window.frames_done > 10")
                since, done = page.evaluate("[performance.now(), window.frames_done]")
                page.wait_for_timeout(1000 * SECONDS)
                until, done_then = page.evaluate("[performance.now(), window.frames_done]")
                bare.append(1000 * (done_then - done) / (until - since))
    raw = [f"ours {a:.1f}, bare {b:.1f}" for a, b in zip(ours, bare, strict=True)]
    return [
        Figure("frame rate of a bare page over ours", median(bare) / median(ours), "", 1.25, raw),
        Figure("our frames a second, full network with mask", median(ours), "1/s", None),
        Figure("landmarks to feedback, 95th percentile", percentile(latencies, 95), "ms", 100),
        Figure("landmarks to feedback, median", median(latencies), "ms", None, [float(len(latencies))]),
        Figure("tasks over 50 ms on our page", len(long), "", 0, [round(took) for took in long]),
    ]


def _wait(page: Any, expression: str, seconds: float = 90) -> None:
    for _ in range(int(seconds * 5)):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(200)
    raise RuntimeError(f"never came true: {expression}")


if __name__ == "__main__":
    for figure in measure():
        print(f"{figure.name:50} {figure.value:8.2f} {figure.unit:4} {figure.met:4} {list(figure.raw)[:12]}")
