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

let landmarker = null;
let crowd = null; // looks now and then how many people there are
let wantsMask = false;
let light = null;
let people = null;
let lightAt = -Infinity;
let peopleAt = -Infinity;
let lastMs = 0;
let context = null;

async function load({ vendor, model, mask, delegate, countPeople }) {
  const { FilesetResolver, PoseLandmarker } = await import(`${vendor}/tasks-vision/vision_bundle.mjs`);
  const files = await FilesetResolver.forVisionTasks(`${vendor}/tasks-vision/wasm`, true);
  const options = (name, more) => ({
    baseOptions: { modelAssetPath: `${vendor}/pose_${name}.task`, delegate },
    ...more,
  });
  landmarker = await PoseLandmarker.createFromOptions(
    files,
    options(model, { runningMode: "VIDEO", numPoses: 1, outputSegmentationMasks: mask }),
  );
  if (countPeople) {
    // The runtime's loader gives itself away once: a second one needs an address of its own.
    const again = { ...files, wasmLoaderPath: `${files.wasmLoaderPath}?again` };
    crowd = await PoseLandmarker.createFromOptions(again, options("lite", { runningMode: "IMAGE", numPoses: 2 }));
  }
  wantsMask = mask;
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
  postMessage({ kind: "frame", frame, ms: performance.now() - began });
}

/** Read pictures as they come; while one is looked at, those that come are dropped. */
async function follow(pictures) {
  const reader = pictures.getReader();
  for (;;) {
    const { value: picture, done } = await reader.read();
    if (done) return;
    try {
      look(picture, picture.timestamp / 1e6, picture.displayWidth, picture.displayHeight);
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
        look(data.picture, data.t, data.picture.width, data.picture.height);
      } finally {
        data.picture.close();
      }
    }
  } catch (fault) {
    postMessage({ kind: "fault", why: String(fault?.message ?? fault) });
  }
});
