// Looks at pictures away from the page. In: one picture at a time. Out: landmarks, the profile of the back, light,
// an instant; the picture itself ends here. Next: camera.js.

import { dorsalProfile, trunkInView } from "./profile.js";

// The runtime would report its use to its maker. Nothing is asked for beyond this address; the page's policy says
// the same, and this keeps the attempt itself from being made.
const ask = self.fetch.bind(self);
self.fetch = (what, options) => {
  const address = new URL(what instanceof Request ? what.url : String(what), self.location.href);
  return address.origin === self.location.origin ? ask(what, options) : Promise.resolve(new Response("", { status: 200 }));
};

// The runtime talks to itself aloud, at the level of errors too; what goes wrong is posted to the page.
for (const level of ["log", "info", "warn", "error"]) console[level] = () => {};

const LIGHT_EVERY_MS = 500;
const PEOPLE_EVERY_MS = 2000;
const TRIED_AFTER = 12; // pictures on the CPU before the GPU is tried
const TRIED_FOR = 12;
const WORTH = 0.8; // a GPU that is not clearly faster is left to others

let landmarker = null;
let crowd = null; // looks now and then how many people there are
let wantsMask = false;
let light = null;
let people = null;
let lightAt = -Infinity;
let peopleAt = -Infinity;
let lastMs = 0;
let context = null;
let trial = null; // the comparison of CPU and GPU, while it goes on

async function load({ vendor, model, mask, countPeople, tryGpu }) {
  const { FilesetResolver, PoseLandmarker } = await import(`${vendor}/tasks-vision/vision_bundle.mjs`);
  const files = await FilesetResolver.forVisionTasks(`${vendor}/tasks-vision/wasm`, true);
  let made = 0;
  const make = (name, delegate, more) => {
    made += 1;
    // The runtime's loader gives itself away once: each one needs an address of its own.
    const own = { ...files, wasmLoaderPath: `${files.wasmLoaderPath}?${made}` };
    const baseOptions = { modelAssetPath: `${vendor}/pose_${name}.task`, delegate };
    return PoseLandmarker.createFromOptions(own, { baseOptions, ...more });
  };
  const video = { runningMode: "VIDEO", numPoses: 1, outputSegmentationMasks: mask };
  landmarker = await make(model, "CPU", video);
  if (countPeople) crowd = await make("lite", "CPU", { runningMode: "IMAGE", numPoses: 2 });
  wantsMask = mask;
  if (tryGpu === "always" || (tryGpu && hasGpu())) {
    trial = { make: () => make(model, "GPU", video), cpu: [], gpu: null };
  }
}

/** Whether pictures are drawn by hardware: a GPU in software is only a slower CPU. */
function hasGpu() {
  const gl = new OffscreenCanvas(1, 1).getContext("webgl2");
  const named = gl?.getExtension("WEBGL_debug_renderer_info");
  if (!named) return false;
  return !/swiftshader|llvmpipe|softpipe|software|basic render/i.test(gl.getParameter(named.UNMASKED_RENDERER_WEBGL));
}

/**
 * Compare, once, what both take for the same pictures, and keep the faster. The first pictures of each warm it up.
 * @param {ImageBitmap | VideoFrame} picture
 * @param {number} ms what the present one took for it
 */
function compare(picture, ms) {
  const { cpu, gpu } = trial;
  if (!gpu) {
    cpu.push(ms);
    // Made beside the looking, which goes on meanwhile.
    if (cpu.length === TRIED_AFTER) trial.make().then((made) => (trial.gpu = { made, took: [] }), judged);
    return;
  }
  try {
    const began = performance.now();
    const found = gpu.made.detectForVideo(picture, lastMs);
    if (wantsMask) found.segmentationMasks?.[0]?.getAsFloat32Array();
    found.close?.();
    gpu.took.push(performance.now() - began);
  } catch (fault) {
    judged(fault);
    return;
  }
  if (gpu.took.length === TRIED_FOR) judged();
}

/** Keep the faster one; where the GPU failed, the CPU does. */
function judged(fault) {
  const { cpu, gpu } = trial;
  const median = (list) => list.slice(3).sort((a, b) => a - b)[(list.length - 3) >> 1];
  const faster = !fault && median(gpu.took) < WORTH * median(cpu);
  if (faster) [landmarker, gpu.made] = [gpu.made, landmarker];
  try {
    gpu?.made.close();
  } catch {
    // it is left behind either way
  }
  const took = fault ? [null, null] : [median(cpu), median(gpu.took)];
  postMessage({ kind: "compared", cpu: took[0], gpu: took[1], kept: faster ? "GPU" : "CPU" });
  trial = null;
}

/** Mean brightness, 0..1, from a picture of a few cells. */
function brightness(picture) {
  context ??= new OffscreenCanvas(32, 24).getContext("2d", { willReadFrequently: true });
  context.drawImage(picture, 0, 0, 32, 24);
  const { data } = context.getImageData(0, 0, 32, 24);
  let sum = 0;
  for (let at = 0; at < data.length; at += 4) sum += 0.2126 * data[at] + 0.7152 * data[at + 1] + 0.0722 * data[at + 2];
  return sum / (data.length / 4) / 255;
}

const rounded = (value, step) => Math.round(value * step) / step;

function look(picture, t, width, height) {
  const began = performance.now();
  // The networks want instants that grow.
  lastMs = Math.max(lastMs + 1, Math.round(began));
  if (began - lightAt > LIGHT_EVERY_MS) {
    lightAt = began;
    light = rounded(brightness(picture), 1000);
  }
  if (crowd && began - peopleAt > PEOPLE_EVERY_MS) {
    peopleAt = began;
    people = crowd.detect(picture).landmarks.length;
  }
  const found = landmarker.detectForVideo(picture, lastMs);
  const points = found.landmarks[0];
  const frame = { t, size: [width, height], score: points ? 1 : 0, image: null, world: null, visibility: null };
  frame.profile = null;
  frame.people = crowd ? Math.max(people, points ? 1 : 0) : points ? 1 : 0;
  frame.light = light;
  if (points) {
    const inSpace = found.worldLandmarks[0];
    frame.image = points.flatMap((p) => [rounded(p.x * width, 100), rounded(p.y * height, 100), rounded(p.z * width, 100)]);
    frame.world = inSpace.flatMap((p) => [rounded(p.x, 1e4), rounded(p.y, 1e4), rounded(p.z, 1e4)]);
    frame.visibility = points.map((p) => rounded(p.visibility ?? 0, 1000));
    const mask = found.segmentationMasks?.[0];
    if (wantsMask && mask) {
      const { hip, shoulder, awayFrom } = trunkInView(points, mask.width, mask.height);
      frame.profile = dorsalProfile(mask.getAsFloat32Array(), mask.width, mask.height, hip, shoulder, awayFrom);
      frame.profile = frame.profile.map((far) => (far === null ? null : rounded(far, 1e5)));
    }
  }
  found.close?.();
  const ms = performance.now() - began;
  postMessage({ kind: "frame", frame, ms });
  return ms;
}

/** Read pictures as they come; while one is looked at, those that come are dropped. */
async function follow(pictures) {
  const reader = pictures.getReader();
  for (;;) {
    const { value: picture, done } = await reader.read();
    if (done) return;
    try {
      const ms = look(picture, picture.timestamp / 1e6, picture.displayWidth, picture.displayHeight);
      if (trial) compare(picture, ms);
    } finally {
      picture.close();
    }
  }
}

self.addEventListener("message", async ({ data }) => {
  try {
    if (data.kind === "load") {
      await load(data);
      postMessage({ kind: "ready" });
    } else if (data.kind === "pictures") {
      await follow(data.pictures);
    } else if (data.kind === "picture") {
      try {
        const ms = look(data.picture, data.t, data.picture.width, data.picture.height);
        if (trial) compare(data.picture, ms);
      } finally {
        data.picture.close();
      }
    }
  } catch (fault) {
    postMessage({ kind: "fault", why: String(fault?.message ?? fault) });
  }
});
