// The camera of a session. In: frames of landmarks from camera/camera.js. Out: the same to midback, over a socket;
// what midback counts, and why it does not, onto the page. The picture is shown here and goes nowhere.

import { startCamera } from "./camera/camera.js";
import { drawSkeleton } from "./camera/skeleton.js";
import { link, now, $, words } from "./session-now.js";

const panel = $("camera");
const video = $("camera-video");
const canvas = $("camera-lines");
const RECONNECT_MS = [300, 1000, 2000, 5000];
// Frames on their way that midback has not answered: more would only make it late.
const UNDERWAY = 3;
const QUIET_MS = 8000; // between two spoken reasons
const SLOW_MS = 20; // for one picture: there a camera's 30 a second leave no room for a page that moves
const SETTLED_MS = 1500; // a reason that passes sooner is none

let camera = null;
let socket = null;
let tries = 0;
let underway = 0;
let sentAt = new Map();
let reason = { text: "", since: 0, said: "", saidAt: -Infinity };
/** What the page measures of itself: instants from a frame's landmarks to midback's answer, in ms. */
export const measured = { latencies: [], frames: 0, ms: [] };

const on = () => camera !== null;

/** Switch the camera on or off. */
export function toggleCamera() {
  if (on()) off();
  else if (panel.dataset.allowed === "yes") open();
  else if (!document.querySelector("dialog[open]")) $("camera-ask").showModal();
}

function open() {
  state("asking");
  camera = startCamera({
    vendor: panel.dataset.vendor,
    model: "full",
    mask: true,
    video,
    onFrame: send,
    onState: (what, why) => {
      if (["stopped", "refused", "missing", "busy", "failed"].includes(what)) ended(what, why);
      else state(what);
    },
  });
  connect();
}

function off() {
  camera?.stop();
}

function ended(what, why) {
  camera = null;
  socket?.close(1000);
  socket = null;
  spare();
  state(what);
  clear();
  if (what !== "stopped") tell(words[`camera_${what}`].replace("{why}", why));
}

/** Say something of the camera that is not about the movement. */
function tell(text) {
  $("camera-reason").textContent = text;
}

function state(what) {
  document.body.dataset.camera = on() || what === "asking" ? what : "off";
  const shown = document.body.dataset.camera !== "off";
  panel.hidden = !shown;
  $("do-camera").setAttribute("aria-pressed", String(shown));
  $("camera-name").textContent = shown ? words.camera_on : words.camera;
  if (shown) note(what === "looking" ? "" : (words[`camera_${what}`] ?? ""));
}

function clear() {
  reason = { text: "", since: 0, said: "", saidAt: -Infinity };
  $("camera-reason").textContent = "";
  $("camera-phase").textContent = "";
  $("camera-hold").hidden = true;
  canvas.getContext("2d").clearRect(0, 0, canvas.width, canvas.height);
}

function note(text) {
  $("camera-note").textContent = text;
  $("camera-note").hidden = !text;
}

function connect() {
  underway = 0;
  sentAt = new Map();
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const line = new WebSocket(`${scheme}://${location.host}/session/${now.state.id}/camera`);
  socket = line;
  line.addEventListener("open", () => {
    tries = 0;
    note("");
  });
  line.addEventListener("message", (event) => {
    if (line === socket) take(JSON.parse(event.data));
  });
  line.addEventListener("close", (event) => {
    if (line !== socket || !on()) return;
    const final = { 4001: words.camera_elsewhere, 4003: words.camera_revoked, 4004: "", 4009: "" };
    if (event.code in final) {
      if (event.code === 4003) panel.dataset.allowed = "no";
      off();
      tell(final[event.code]);
      return;
    }
    tries += 1;
    if (tries > 2) note(words.camera_no_line);
    setTimeout(() => on() && connect(), RECONNECT_MS[Math.min(tries - 1, RECONNECT_MS.length - 1)]);
  });
}

function send(frame, ms) {
  measured.frames += 1;
  keep(measured.ms, ms);
  if (measured.frames % 20 === 0) spare();
  drawSkeleton(canvas, frame);
  if (socket?.readyState !== WebSocket.OPEN || underway >= UNDERWAY) return;
  underway += 1;
  sentAt.set(frame.t, performance.now());
  socket.send(JSON.stringify(frame));
}

function keep(list, value) {
  list.push(value);
  if (list.length > 2000) list.shift();
}

/** Leave more of a slow computer to the looking: the figure is drawn less often. */
function spare() {
  const took = [...measured.ms.slice(-20)].sort((a, b) => a - b)[10];
  const slow = on() && took > SLOW_MS;
  if (slow === (document.body.dataset.sparing !== undefined)) return;
  if (slow) document.body.dataset.sparing = "";
  else delete document.body.dataset.sparing;
  $("figure").setAttribute("rate", slow ? "12" : "0");
}

/** Show what midback says about a frame. */
function take(seen) {
  underway = Math.max(0, underway - 1);
  const asked = sentAt.get(seen.t);
  sentAt.delete(seen.t);
  if (seen.changed) link.beat();
  show(seen);
  if (asked !== undefined) keep(measured.latencies, performance.now() - asked);
}

function show(seen) {
  const checkable = seen.signal !== "none";
  panel.dataset.counting = String(Boolean(seen.counting));
  $("camera-phase").textContent = checkable ? seen.phase || (seen.counting ? words.camera_counting : "") : "";
  const { note: mark, place } = now.state.camera;
  const text = mark || (seen.armed || now.state.phase === "work" ? "" : place);
  if ($("camera-signal").textContent !== text) $("camera-signal").textContent = text;
  const holds = checkable && seen.held !== null;
  $("camera-hold").hidden = !holds;
  if (holds) {
    const share = Math.min(1, seen.held / Math.max(1, seen.target));
    $("camera-hold-arc").style.strokeDashoffset = String(Math.round(100 * (1 - share)));
    $("camera-hold-s").textContent = String(Math.floor(seen.held));
    const name = words.camera_held.replace("{n}", Math.floor(seen.held)).replace("{of}", Math.round(seen.target));
    if ($("camera-hold-name").textContent !== name) $("camera-hold-name").textContent = name;
  }
  why(checkable && !seen.counting ? seen.reason : null);
}

/** Say why it is not counting: shown once it lasts, spoken seldom. */
function why(text) {
  const at = performance.now();
  if ((text ?? "") !== reason.text) reason = { ...reason, text: text ?? "", since: at };
  const line = $("camera-reason");
  if (!reason.text) {
    if (line.textContent && at - reason.since > 300) line.textContent = "";
    return;
  }
  if (at - reason.since < SETTLED_MS) return;
  const shown = words.camera_not_counting.replace("{why}", reason.text);
  if (line.textContent !== shown) line.textContent = shown;
  if (now.state.status !== "running" || now.state.phase !== "work") return;
  if (reason.text === reason.said && at - reason.saidAt < 4 * QUIET_MS) return;
  if (at - reason.saidAt < QUIET_MS) return;
  reason = { ...reason, said: reason.text, saidAt: at };
  $("polite").textContent = shown;
}

$("do-camera").addEventListener("click", (event) => {
  toggleCamera();
  if (event.detail > 0 && !document.querySelector("dialog[open]")) $("do-camera").blur();
});
/** Keep the person's yes or no with midback, for this session and the next. */
async function allow(allowed) {
  const answer = await fetch("/api/camera/session", {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify({ allowed }),
  });
  if (answer.ok) panel.dataset.allowed = allowed ? "yes" : "no";
  return answer.ok;
}

$("camera-yes").addEventListener("click", async () => {
  $("camera-ask").close("done");
  if (await allow(true).catch(() => false)) open();
  else tell(words.camera_no_line);
});
$("camera-revoke").addEventListener("click", async () => {
  off();
  if (await allow(false).catch(() => false)) tell(words.camera_revoked);
});
$("camera-off").addEventListener("click", off);
$("camera-hide").addEventListener("click", () => {
  const hidden = panel.toggleAttribute("data-hidden");
  $("camera-hide").textContent = hidden ? words.camera_show : words.camera_hide;
});
addEventListener("pagehide", off);
