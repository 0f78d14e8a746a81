// A camera whose pictures stay in this browser. In: what is wanted. Out: frames of landmarks, one at a time, and
// what the camera is doing. Next: session-camera.js, and the page that calibrates.

const KEPT = "midback-camera-runs-on";

/** What an earlier comparison kept; only a CPU that was faster is believed, a GPU is measured each time. */
function remembered() {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null; // storage is off
  }
}

function remember(kept) {
  try {
    localStorage.setItem(KEPT, kept);
  } catch {
    // storage is off: it is compared again
  }
}

/**
 * @typedef {{t: number, size: number[], image: number[] | null, world: number[] | null, visibility: number[] | null,
 *   score: number, profile: (number | null)[] | null, people: number | null, light: number | null}} Frame
 * t in s from the first frame ; image in px, x y z of 33 points ; world in m ; see docs/landmark-recordings.md
 */

/**
 * Open the camera and look.
 * @param {{vendor?: string, model?: "lite" | "full", mask?: boolean, countPeople?: boolean, video?: HTMLVideoElement,
 *   device?: string, tryGpu?: boolean | "always", onFrame: (frame: Frame, ms: number) => void,
 *   onState: (state: "asking" | "loading" | "looking" | "stopped" | "refused" | "missing" | "busy" | "failed",
 *   why?: string) => void, onCompared?: (what: {cpu: number, gpu: number, kept: "CPU" | "GPU"}) => void}} wanted
 * tryGpu : without it a GPU is tried where there is one, unless the CPU was faster before
 * vendor : where the networks are; without it the page's own ``data-vendor``
 * video : an element that shows the picture; it goes nowhere else
 * @returns {{stop: () => void, started: Promise<boolean>}}
 */
export function startCamera(wanted) {
  const { model = "full", mask = true, countPeople = true, onFrame, onState } = wanted;
  const vendor = wanted.vendor ?? document.querySelector("[data-vendor]")?.dataset.vendor;
  const video = wanted.video ?? document.createElement("video");
  let stream = null;
  let worker = null;
  let over = false;
  let first = null;
  let last = -Infinity;

  function stop(state = "stopped", why = "") {
    if (over) return;
    over = true;
    worker?.terminate();
    stream?.getTracks().forEach((track) => track.stop());
    video.srcObject = null;
    onState(state, why);
  }

  async function start() {
    if (!navigator.mediaDevices?.getUserMedia) return stop("missing");
    onState("asking");
    try {
      stream = await navigator.mediaDevices.getUserMedia({
        audio: false,
        video: { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 30 }, ...(wanted.device ? { deviceId: wanted.device } : { facingMode: "user" }) },
      });
    } catch (fault) {
      const state = { NotAllowedError: "refused", NotFoundError: "missing", NotReadableError: "busy" }[fault.name];
      return stop(state ?? "failed", String(fault.message ?? fault));
    }
    if (over) {
      stream.getTracks().forEach((track) => track.stop());
      return undefined;
    }
    onState("loading");
    const [track] = stream.getVideoTracks();
    track.addEventListener("ended", () => stop("stopped"));
    video.muted = true;
    video.playsInline = true;
    video.srcObject = stream;
    worker = new Worker(new URL("./worker.mjs", import.meta.url), { type: "module" });
    let ready = () => {};
    const loaded = new Promise((resolve) => {
      ready = resolve;
    });
    let busy = false;
    worker.addEventListener("error", (event) => stop("failed", event.message ?? ""));
    worker.addEventListener("message", ({ data }) => {
      if (over) return;
      if (data.kind === "ready") ready();
      else if (data.kind === "compared") {
        remember(data.kept);
        wanted.onCompared?.(data);
      }
      else if (data.kind === "fault") stop("failed", data.why);
      else {
        busy = false;
        first ??= data.frame.t;
        const t = data.frame.t - first;
        // A camera that sets its clock back would turn time around.
        if (t <= last) {
          first -= last - t + 0.001;
          data.frame.t = last + 0.001;
        } else data.frame.t = t;
        last = data.frame.t;
        onFrame(data.frame, data.ms);
      }
    });
    const known = remembered();
    worker.postMessage({ kind: "load", vendor, model, mask, countPeople, tryGpu: wanted.tryGpu ?? known !== "CPU" });
    await Promise.all([loaded, video.play().catch(() => {})]);
    if (over) return undefined;
    if (typeof MediaStreamTrackProcessor === "function") {
      const pictures = new MediaStreamTrackProcessor({ track, maxBufferSize: 1 }).readable;
      worker.postMessage({ kind: "pictures", pictures }, [pictures]);
    } else {
      const next = async (at) => {
        if (over) return;
        video.requestVideoFrameCallback(next);
        if (busy) return;
        busy = true;
        try {
          const picture = await createImageBitmap(video);
          worker.postMessage({ kind: "picture", picture, t: at / 1000 }, [picture]);
        } catch {
          busy = false; // no picture yet
        }
      };
      video.requestVideoFrameCallback(next);
    }
    onState("looking");
    return undefined;
  }

  const started = start().then(() => !over, (fault) => {
    stop("failed", String(fault?.message ?? fault));
    return false;
  });
  return { stop: () => stop(), started };
}
