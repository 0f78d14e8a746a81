// The page that measures one's own upright. In: frames of landmarks from camera/camera.js. Out: the same to midback,
// and its answer onto the page. Lines are drawn; the picture itself is neither shown nor sent.

import { startCamera } from "./camera/camera.js";
import { drawBust } from "./seated-lines.js";

const seat = document.getElementById("seat");
const buttons = document.querySelector(".seat-buttons");
const READY_S = 3;
const RATE_S = 1 / 8;
const LOOK_EVERY_S = 1.5;
// A look is judged by the last few seconds.
const LOOK_FRAMES = 28;
const ENOUGH = 12;

let camera = null;
let doing = "";
let began = null;
let frames = [];
let lastKept = -Infinity;
let lastAsked = -Infinity;
let asking = false;
let named = ""; // the camera, as the browser calls it

if (seat && buttons) {
  buttons.hidden = false;
  buttons.addEventListener("click", (event) => {
    const what = event.target.closest("button")?.dataset.seat;
    if (what === "stop") end();
    else if (what) begin(what);
  });
}

const piece = (name) => seat.querySelector(`.seat-${name}`);

function begin(what) {
  camera?.stop();
  named = "";
  fault("");
  doing = what;
  began = null;
  frames = [];
  lastKept = lastAsked = -Infinity;
  seat.hidden = false;
  show({});
  ring(null);
  stopButton(true);
  const mine = startCamera({
    vendor: seat.dataset.vendor,
    model: "lite",
    mask: false,
    countPeople: true,
    video: piece("video"),
    onFrame: (frame) => mine === camera && take(frame),
    onState: (state, why) => {
      if (["refused", "missing", "busy", "failed"].includes(state)) {
        end();
        fault(seat.dataset[state] + (state === "failed" && why ? ` (${why})` : ""));
      } else if (state === "asking" || state === "loading") show({ name: seat.dataset[state] });
    },
  });
  camera = mine;
}

function end() {
  const mine = camera;
  camera = null;
  mine?.stop();
  doing = "";
  seat.hidden = true;
  stopButton(false);
}

function take(frame) {
  drawBust(piece("lines"), frame, doing === "upright" ? 0 : Number(seat.dataset.ratio));
  if (began === null) {
    began = frame.t;
    named = (piece("video").srcObject?.getVideoTracks()[0]?.label ?? "").slice(0, 200);
    show({ name: seat.dataset.looking });
  }
  const passed = frame.t - began;
  if (doing === "look") return watch(frame, passed);
  if (passed < READY_S) {
    show({ name: doing === "slumped" ? seat.dataset.readySlumped : seat.dataset.ready });
    ring(0, Math.ceil(READY_S - passed));
    return undefined;
  }
  const seconds = Number(seat.dataset.seconds);
  const measured = passed - READY_S;
  show({ name: seat.dataset.stay, why: frame.image ? "" : seat.dataset.unseen });
  ring(measured / seconds, Math.max(0, Math.ceil(seconds - measured)));
  keep(frame);
  if (measured >= seconds) return finish();
  return undefined;
}

/** Keep some frames a second, without what a measuring does not need. */
function keep(frame) {
  if (frame.t - lastKept < RATE_S) return;
  lastKept = frame.t;
  const { t, size, image, visibility, score, people, light } = frame;
  frames.push({ t, size, image, world: null, visibility: visibility ?? new Array(33).fill(0), score, people, light });
}

async function finish() {
  const posture = doing;
  const given = frames;
  camera?.stop();
  camera = null;
  show({ name: seat.dataset.keeping });
  const answer = await send("/api/camera/calibrations", { frames: given, posture });
  if (answer) location.replace("/camera?done=camera-measured#upright");
}

async function watch(frame, passed) {
  keep(frame);
  frames = frames.slice(-LOOK_FRAMES);
  if (asking || frames.length < ENOUGH || passed - lastAsked < LOOK_EVERY_S) return;
  lastAsked = passed;
  asking = true;
  const answer = await send("/api/camera/looks", { frames });
  asking = false;
  if (answer && doing === "look") {
    seat.dataset.kind = answer.kind;
    show({ name: answer.name, number: answer.change && `${answer.change} (${answer.between})`, why: answer.reasons.join(" ") });
  }
}

async function send(path, body) {
  let answer = null;
  try {
    answer = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ ...body, place: seat.dataset.place, device: named }),
    });
  } catch {
    end();
    fault(seat.dataset.offline);
    return null;
  }
  const said = await answer.json().catch(() => ({}));
  if (answer.ok) return said;
  end();
  fault(said.detail ?? seat.dataset.failed);
  return null;
}

function show({ name = "", number = "", why = "" }) {
  if (doing !== "look") delete seat.dataset.kind;
  for (const [part, text] of Object.entries({ name, number, why })) {
    // Set only where it changed: a screen reader would say it again.
    if (piece(part).textContent !== (text || "")) piece(part).textContent = text || "";
  }
}

function ring(share, left = "") {
  const drawn = piece("ring");
  drawn.toggleAttribute("hidden", share === null);
  if (share === null) return;
  drawn.querySelector(".seat-arc").style.strokeDashoffset = 100 - 100 * Math.min(1, Math.max(0, share));
  drawn.querySelector("text").textContent = left;
}

function stopButton(on) {
  for (const button of buttons.querySelectorAll("button")) button.hidden = (button.dataset.seat === "stop") !== on;
}

function fault(text) {
  const place = document.getElementById("seat-fault");
  place.textContent = text;
  place.hidden = !text;
}

addEventListener("pagehide", () => camera?.stop());
