// The session page. In: the state midback gives. Out: what is seen and heard; what the person does goes back.
// Deadlines are wall-clock times worked out from each state; nothing is counted here, midback counts.

import { Link } from "./session-link.js";
import { drawItems, drawNext, drawSteps, timeWords } from "./session-view.js";
import { sound, wake } from "./sound.js";
import { hasVoice, hush, prepare, speak } from "./voice.js";

const $ = (id) => document.getElementById(id);
const words = JSON.parse($("session-words").textContent);
let state = JSON.parse($("session-state").textContent);
let received = Date.now(); // when this state was true
let asked = 0; // when a heartbeat was last sent
let frozen = false;
let timers = [];
let caption = "";
let resumeAfterDialog = false;
const link = new Link(state.id);
const figure = $("figure");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const wantsCalm = () => calm.matches || document.documentElement.dataset.motion === "reduced";

// Time ------------------------------------------------------------------------------------------------------

const running = () => state.status === "running" && !frozen;
/** Seconds since the state was true; the page goes on alone for as long as midback would count. */
function since() {
  if (state.status !== "running") return 0;
  return Math.max(0, Math.min((Date.now() - received) / 1000, state.max_gap_s));
}
const remaining = () => Math.max(0, state.remaining_s - since());
const worked = () => (state.phase === "work" ? state.unit_s + Math.min(since(), state.remaining_s) : 0);

function tick() {
  frozen = state.status === "running" && (Date.now() - received) / 1000 > state.max_gap_s;
  draw();
  if (state.status !== "running") return;
  // A beat every 2 s, and one at each deadline, so that the next phase begins on time.
  const due = remaining() <= 0 ? 250 : 2000;
  if (Date.now() - asked >= due) {
    asked = Date.now();
    link.beat();
  }
}

function arm() {
  timers.forEach(clearTimeout);
  timers = state.ahead.map((cue) => setTimeout(() => play(cue), cue.in_s * 1000));
  if (state.status === "running") timers.push(setTimeout(tick, state.remaining_s * 1000 + 5));
}

// Sound, voice, screen readers ----------------------------------------------------------------------------------

function play(cue) {
  if (state.sound !== "silent" && cue.tone !== "none") sound(cue.tone);
  if (cue.say && state.sound === "voice") speak(cue.say);
  if (cue.say && cue.live !== "off") announce(cue.say, cue.live);
}

function announce(text, live) {
  const region = live === "assertive" ? $("assertive") : $("polite");
  region.textContent = region.textContent === text ? `${text} ` : text;
}

// State -----------------------------------------------------------------------------------------------------------

function take(next) {
  const before = state;
  state = next;
  received = Date.now();
  frozen = false;
  if (state.status === "stopped") return leave("stop");
  if (state.status === "after" || state.status === "closed") return leave("after");
  const stands = `${state.status} ${state.paused_by} ${JSON.stringify(state.hurt)}`;
  if (stands !== `${before.status} ${before.paused_by} ${JSON.stringify(before.hurt)}`) {
    state.standing.forEach(play);
  }
  if (state.status === "running" && (state.entries !== before.entries || before.status === "waiting")) {
    state.enter.forEach(play);
  }
  show(before);
  arm();
  tick();
  return undefined;
}

function leave(where) {
  timers.forEach(clearTimeout);
  const last = (where === "stop" ? state.standing[0] : null) ?? null;
  if (last) play(last);
  else if (state.sound !== "silent" && state.status === "after") sound("end");
  // A moment for the bell.
  setTimeout(() => location.replace(`/session/${state.id}/${where}`), where === "stop" ? 0 : 700);
}

link.addEventListener("state", (event) => take(event.detail.state));
link.addEventListener("away", () => banner(words.away));
link.addEventListener("back", () => {
  banner(words.back_again);
  setTimeout(() => banner(""), 4000);
});
link.addEventListener("refused", (event) => {
  const why = event.detail.why.detail ?? "";
  if (event.detail.status === 409 && event.detail.kind === "heartbeat") location.reload();
  else banner(words.gone.replace("{why}", why));
});

function banner(text) {
  $("banner").textContent = text;
  $("banner").hidden = !text;
}

// Drawing -----------------------------------------------------------------------------------------------------------

/** What changes with a state. */
function show(before) {
  const { item } = state;
  document.body.dataset.phase = state.phase;
  document.body.dataset.status = state.status;
  const title = state.phase === "rest" && state.status !== "paused" ? state.next?.title : item.title;
  $("title").textContent = title ?? item.title;
  $("which").textContent = [item.side, item.set].filter(Boolean).join(", ");
  $("dose").textContent = [item.dose, ...item.gear].filter(Boolean).join(" · ");
  $("purpose").textContent = item.purpose;
  $("phase").textContent = state.status === "waiting" ? "" : state.phase_name;
  const main = { waiting: words.start, paused: words.go_on }[state.status] ?? words.pause;
  $("main-name").textContent = main;
  $("next-name").textContent = state.phase === "rest" ? words.skip_rest : words.next;
  const heard = words[state.sound === "voice" && !hasVoice() ? "tones" : state.sound];
  $("sound-name").textContent = heard;
  $("do-sound").setAttribute("aria-label", words.sound.replace("{name}", heard));
  for (const input of document.querySelectorAll("input[name=sound]")) input.checked = input.value === state.sound;
  drawSteps($("steps"), state.list, words);
  drawItems($("items"), state.list, words, (key) => act("jump", { to: key }, true));
  drawNext(state, $);
  const { src, label } = state.figure;
  if (before?.figure.src !== src) {
    const name = figure.querySelector("svg > title");
    if (name) name.textContent = label; // the element hands it on to the new drawing
    figure.hidden = !src;
    if (src) figure.setAttribute("src", src);
  }
  // The movement is paced to this dose.
  figure.setAttribute("speed", String(state.hint.cycle_s / state.hint.period_s));
  if (before?.entries !== state.entries || before?.status !== state.status) {
    if (state.phase === "work" && !wantsCalm()) {
      figure.t = ((worked() % state.hint.period_s) / state.hint.period_s) * state.hint.cycle_s;
    }
    // Not play(): that would end the stepped key poses of somebody who asked for less motion.
    figure.wanted = state.status !== "paused";
    figure.run?.();
  }
}

/** What changes with time. */
function draw() {
  const left = remaining();
  const share = state.phase_s > 0 ? 1 - left / state.phase_s : 0;
  $("arc").style.strokeDashoffset = String(Math.round(1000 * (1 - Math.min(1, share))));
  const { count } = state;
  if (count && state.phase === "work") {
    const ahead = count.every_s ? Math.floor(worked() / count.every_s + 1e-6) + count.by_hand : count.done;
    const shown = count.of ? Math.min(ahead, Math.max(count.of, count.done)) : ahead;
    $("number").textContent = count.of ? String(shown) : timeWords(left);
    $("unit").textContent = count.of ? words.of.replace("{n}", count.of) : `+${count.by_hand}`;
    const text = count.of ? words.repetitions.replace("{n}", shown).replace("{of}", count.of) : "";
    $("ring-name").textContent = text || words.time_left.replace("{n}", Math.ceil(left));
  } else {
    $("number").textContent = timeWords(left);
    $("unit").textContent = left < 59.5 ? words.seconds : "";
    $("ring-name").textContent = words.time_left.replace("{n}", Math.ceil(left));
  }
  $("left").textContent = words.left.replace("{time}", timeWords(Math.max(0, state.left_s - since()), true));
  const text = sentence();
  if (text !== caption) {
    caption = text;
    $("cue").textContent = text;
    // Cues of the movement are spoken in its first two rounds, then they stay on the screen.
    const early = worked() > 1.2 && worked() < 2 * state.hint.period_s;
    const slow = state.hint.period_s / state.hint.cues.length >= 2.5;
    if (running() && state.phase === "work" && early && slow && state.sound === "voice") speak(text);
  }
}

function sentence() {
  if (state.status === "waiting") return words.start_hint;
  if (frozen) return words.frozen;
  if (state.status === "paused") return state.paused_by === "gap" ? words.gap_hint : words.paused_hint;
  if (state.phase !== "work") {
    const enter = state.enter.map((cue) => cue.say).join(" ");
    return state.phase === "ready" ? state.hint.ready : enter;
  }
  const { cues, period_s: period } = state.hint;
  const at = period ? worked() % period : 0;
  const now = [...cues].reverse().find((cue) => cue.at <= at + 0.05) ?? cues[cues.length - 1];
  return state.hint.smaller ? `${now?.text ?? ""} ${words.smaller}` : (now?.text ?? "");
}

// What the person does -----------------------------------------------------------------------------------------------

function act(kind, data = {}, close = false) {
  wake();
  if (close) {
    for (const open of document.querySelectorAll("dialog[open]")) open.close("done");
  }
  return link.send(kind, data).then((after) => {
    if (close && resumeAfterDialog) {
      resumeAfterDialog = false;
      return link.send("resume");
    }
    return after;
  });
}

function main() {
  wake();
  if (state.status === "waiting") act("start", { sound: state.sound }).then(keepAwake);
  else if (state.status === "paused") act("resume");
  else {
    hush();
    act("pause");
  }
}

/** Open a dialog; time stands still while it is open. */
function ask(dialog) {
  if (document.querySelector("dialog[open]")) return;
  resumeAfterDialog = state.status === "running";
  if (resumeAfterDialog) link.send("pause");
  hush();
  dialog.showModal();
}

function askHurts() {
  $("hurts-ask").hidden = false;
  $("hurts-said").hidden = true;
  ask($("hurts"));
}

async function hurts(data) {
  wake();
  const after = await link.send("hurts", data);
  if (!after || after.status === "stopped" || after.status === "after" || !after.hurt) return;
  resumeAfterDialog = false;
  $("hurts-verdict").textContent = words[after.hurt.action];
  $("hurts-reason").textContent = after.hurt.text;
  $("hurts-ask").hidden = true;
  $("hurts-said").hidden = false;
  $("hurts-go").focus();
}

function askSkip() {
  if (state.phase === "rest" && state.status === "running") return act("next");
  $("skip-ask").hidden = false;
  $("skip-instead").hidden = true;
  return ask($("skip"));
}

let reason = null;

async function chooseInstead(because) {
  reason = because;
  let options = [];
  try {
    options = await link.get("instead");
  } catch {
    options = [];
  }
  if (because && options.length === 0) return act("skip", { reason: because }, true);
  const lead = options.every((option) => option.exact) ? words.instead_lead : words.instead_near;
  $("instead-lead").textContent = options.length ? lead : words.nothing_instead;
  $("instead-list").replaceChildren(
    ...options.map((option) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "quiet";
      button.textContent = option.title;
      const data = { exercise: option.exercise, variant: option.variant };
      button.onclick = () => act("substitute", reason ? { ...data, reason } : data, true);
      return button;
    }),
  );
  $("skip-only").hidden = !because;
  $("skip-ask").hidden = true;
  $("skip-instead").hidden = false;
  if (!$("skip").open) $("skip").showModal();
  $("instead-title").focus();
  return undefined;
}

function mute() {
  act("sound", { sound: state.sound === "silent" ? (hasVoice() ? "voice" : "tones") : "silent" });
  hush();
}

function nextSound() {
  const order = hasVoice() ? ["voice", "tones", "silent"] : ["tones", "silent"];
  act("sound", { sound: order[(order.indexOf(state.sound) + 1) % order.length] });
  hush();
}

function full() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen?.().catch(() => {});
}

let lock = null;
async function keepAwake() {
  try {
    if (!lock && document.visibilityState === "visible") {
      lock = await navigator.wakeLock.request("screen");
      lock.addEventListener("release", () => {
        lock = null;
      });
    }
  } catch {
    lock = null; // not there or not allowed: the session works without
  }
}

const clicks = {
  "do-main": main,
  "do-back": () => act("back"),
  "do-next": () => act("next"),
  "do-skip": askSkip,
  "do-plus": () => act("plus_one"),
  "do-list": () => ask($("list")),
  "do-hurts": askHurts,
  "do-extend": () => act("extend"),
  "do-shorten": () => act("shorten"),
  "do-repeat": () => act("repeat", {}, true),
  "do-defer": () => act("defer", {}, true),
  "do-instead": () => {
    $("list").close("on");
    chooseInstead(null);
  },
  "do-help": () => ask($("help")),
  "do-sound": nextSound,
  "do-full": full,
  "hurts-go": () => act("resume", {}, true),
  "hurts-skip": () => act("skip", { reason: "pain" }, true),
  "skip-only": () => act("skip", { reason }, true),
};
for (const [id, run] of Object.entries(clicks)) {
  $(id).addEventListener("click", (event) => {
    run();
    // After a mouse press Space goes on meaning pause, not "press that again".
    if (event.detail > 0 && !document.querySelector("dialog[open]")) $(id).blur();
  });
}
for (const button of document.querySelectorAll("[data-pain]")) {
  button.addEventListener("click", () => hurts({ pain: Number(button.dataset.pain) }));
}
for (const button of document.querySelectorAll("[data-sign]")) {
  button.addEventListener("click", () => hurts({ sign: button.dataset.sign }));
}
for (const button of document.querySelectorAll("[data-reason]")) {
  const because = button.dataset.reason;
  button.addEventListener("click", () => {
    if (because === "pain") {
      $("skip").close("on");
      $("hurts-ask").hidden = false;
      $("hurts-said").hidden = true;
      $("hurts").showModal();
    } else if (["no-gear", "no-space", "too-hard", "dislike"].includes(because)) chooseInstead(because);
    else act("skip", { reason: because }, true);
  });
}
for (const button of document.querySelectorAll("[data-close]")) {
  button.addEventListener("click", () => button.closest("dialog").close());
}
for (const button of document.querySelectorAll("[data-end]")) {
  button.addEventListener("click", () => {
    resumeAfterDialog = false;
    act("end", {}, true);
  });
}
for (const dialog of document.querySelectorAll("dialog")) {
  dialog.addEventListener("close", () => {
    // Closed without an answer (Escape too): go on as before.
    if (!dialog.returnValue && resumeAfterDialog) {
      resumeAfterDialog = false;
      link.send("resume");
    }
    dialog.returnValue = "";
  });
}
$("sounds").addEventListener("change", (event) => act("sound", { sound: event.target.value }));

const keys = {
  " ": main,
  ArrowLeft: clicks["do-back"],
  ArrowRight: clicks["do-next"],
  s: askSkip,
  h: askHurts,
  "+": clicks["do-extend"],
  "=": clicks["do-extend"],
  "-": clicks["do-shorten"],
  "−": clicks["do-shorten"],
  m: mute,
  "?": clicks["do-help"],
  1: clicks["do-plus"],
  r: () => act("repeat"),
  l: clicks["do-list"],
  f: full,
};
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (document.querySelector("dialog[open]") || !$("keys-on").checked) return;
  if (event.target.closest("input, select, textarea, [contenteditable]")) return;
  // Space on a button or link that the keyboard reached presses it, as everywhere.
  if (event.key === " " && event.target.closest("button, a, summary, mb-figure")) return;
  const run = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (run) {
    event.preventDefault();
    run();
  }
});

try {
  $("keys-on").checked = localStorage.getItem("midback-keys") !== "off";
  $("keys-on").addEventListener("change", (event) => {
    localStorage.setItem("midback-keys", event.target.checked ? "on" : "off");
  });
} catch {
  // storage is off: the choice lasts as long as the page
}

const noteVoice = () => {
  $("voice-note").textContent = hasVoice() ? "" : words.no_voice;
};
prepare(words.lang, noteVoice);
noteVoice();
$("do-full").hidden = !document.fullscreenEnabled;
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible" && state.status === "running") keepAwake();
  tick();
});
document.addEventListener("pointerdown", wake, { once: true });

new Worker(new URL("./session-clock.js", import.meta.url)).addEventListener("message", tick);
show(null);
arm();
draw();
if (state.status === "running") {
  keepAwake();
  link.beat(); // a reload: say that somebody is here, and take the state as it is now
}
function smooth() {
  if (running() && !wantsCalm()) draw();
  requestAnimationFrame(smooth);
}
requestAnimationFrame(smooth);
