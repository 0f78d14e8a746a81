// The session page. In: the state midback gives. Out: what is seen and heard; what the person does goes back.
// Deadlines are wall-clock times worked out from each state. Seen: session-page.js. Done: session-acts.js and
// session-keys.js. Where it stands: session-now.js.

import "./session-keys.js";
import { keepAwake } from "./session-awake.js";
import { $, link, look, now, remaining, running, set, words } from "./session-now.js";
import { draw, show, wantsCalm } from "./session-page.js";
import { sound, wake } from "./sound.js";
import { hasVoice, prepare, speak } from "./voice.js";

let asked = 0; // when a heartbeat was last sent
let timers = [];

// Time ------------------------------------------------------------------------------------------------------

function tick() {
  look();
  draw();
  if (now.state.status !== "running") return;
  // A beat every 2 s, and one at each deadline, so that the next phase begins on time.
  const due = remaining() <= 0 ? 250 : 2000;
  if (Date.now() - asked >= due) {
    asked = Date.now();
    link.beat();
  }
}

/** Set the alarms of this phase: its cues, and its end. */
function arm() {
  timers.forEach(clearTimeout);
  timers = now.state.ahead.map((cue) => setTimeout(() => play(cue), cue.in_s * 1000));
  if (now.state.status === "running") timers.push(setTimeout(tick, now.state.remaining_s * 1000 + 5));
}

// Sound, voice, screen readers ------------------------------------------------------------------------------

function play(cue) {
  const { state } = now;
  if (state.sound !== "silent" && cue.tone !== "none") sound(cue.tone);
  if (cue.say && state.sound === "voice") speak(cue.say);
  if (cue.say && cue.live !== "off") announce(cue.say, cue.live);
}

function announce(text, live) {
  const region = live === "assertive" ? $("assertive") : $("polite");
  region.textContent = region.textContent === text ? `${text} ` : text;
}

// State -----------------------------------------------------------------------------------------------------

function take(state) {
  const before = now.state;
  set(state);
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
  const { state } = now;
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
  // Refused for safety: the page itself knows where to go first.
  const unsafe = event.detail.why.title === "SafetyStop";
  if (event.detail.status === 409 && (unsafe || event.detail.kind === "heartbeat")) location.reload();
  else banner(words.gone.replace("{why}", why));
});

function banner(text) {
  $("banner").textContent = text;
  $("banner").hidden = !text;
}

// Begin -----------------------------------------------------------------------------------------------------

function noteVoice() {
  $("voice-note").textContent = hasVoice() ? "" : words.no_voice;
}
prepare(words.lang, noteVoice);
noteVoice();
$("do-full").hidden = !document.fullscreenEnabled;
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible" && now.state.status === "running") keepAwake();
  tick();
});
document.addEventListener("pointerdown", wake, { once: true });

new Worker(new URL("./session-clock.js", import.meta.url)).addEventListener("message", tick);
show(null);
arm();
draw();
if (now.state.status === "running") {
  keepAwake();
  link.beat(); // a reload: say that somebody is here, and take the state as it is now
}
let drawnAt = 0;
function smooth(at) {
  // Where the camera needs the computer, a few times a second are smooth enough.
  const due = document.body.dataset.sparing === undefined || at - drawnAt >= 90;
  if (due && running() && !wantsCalm()) {
    drawnAt = at;
    draw();
  }
  requestAnimationFrame(smooth);
}
requestAnimationFrame(smooth);
