// The keyboard of a session, for whoever wants it; the choice stays with the browser. In: keys. Out: acts.

import { act, askHurts, askSkip, clicks, full, mute } from "./session-acts.js";
import { toggleCamera } from "./session-camera.js";
import { $ } from "./session-now.js";

const keys = {
  " ": clicks["do-main"],
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
  c: toggleCamera,
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
