// What the person does in a session, and the dialogs that ask. In: presses. Out: events on the line to midback.
// Time stands still while a dialog is open. Next: session-keys.js wires buttons and keys to it.

import { keepAwake } from "./session-awake.js";
import { $, link, now, words } from "./session-now.js";
import { wake } from "./sound.js";
import { hasVoice, hush } from "./voice.js";

let resumeAfterDialog = false;
let reason = null; // why the exercise at hand is to be left, while a stand-in is looked for

/** Send what the person did; ``close`` ends the dialog it was done in, and time runs on. */
export function act(kind, data = {}, close = false) {
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

/** The large button: start, pause, go on. */
function main() {
  wake();
  if (now.state.status === "waiting") act("start", { sound: now.state.sound }).then(keepAwake);
  else if (now.state.status === "paused") act("resume");
  else {
    hush();
    act("pause");
  }
}

/** Open a dialog; time stands still while it is open. */
function ask(dialog) {
  if (document.querySelector("dialog[open]")) return;
  resumeAfterDialog = now.state.status === "running";
  if (resumeAfterDialog) link.send("pause");
  hush();
  dialog.showModal();
}

/** Ask how much it hurts. */
export function askHurts() {
  $("hurts-ask").hidden = false;
  $("hurts-said").hidden = true;
  ask($("hurts"));
}

/** Send how much it hurts, or which sign is new, and show what that means. */
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

/** Ask why this one is skipped; a rest is skipped without a reason. */
export function askSkip() {
  if (now.state.phase === "rest" && now.state.status === "running") return act("next");
  $("skip-ask").hidden = false;
  $("skip-instead").hidden = true;
  return ask($("skip"));
}

/** Offer what has the same purpose; with nothing on offer a skip is just a skip. */
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

/** Sound off, or on again. */
export function mute() {
  act("sound", { sound: now.state.sound === "silent" ? (hasVoice() ? "voice" : "tones") : "silent" });
  hush();
}

/** The next sound profile that this browser can give. */
function nextSound() {
  const order = hasVoice() ? ["voice", "tones", "silent"] : ["tones", "silent"];
  act("sound", { sound: order[(order.indexOf(now.state.sound) + 1) % order.length] });
  hush();
}

/** Fill the screen, or leave it. */
export function full() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen?.().catch(() => {});
}

/** What each button does, by its id. */
export const clicks = {
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
