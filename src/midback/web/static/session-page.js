// The session page drawn: what changes with a state, and what changes with time. In: the moment at hand.
// Out: words, ring, figure and lists; cues of the movement are spoken as they appear. Next: session.js.

import { act } from "./session-acts.js";
import { $, now, remaining, running, since, words, worked } from "./session-now.js";
import { drawItems, drawNext, drawSteps, timeWords } from "./session-view.js";
import { hasVoice, speak } from "./voice.js";

const figure = $("figure");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
let caption = "";

/** Whether less motion is wanted: by the system, or by the page's own setting. */
export const wantsCalm = () => calm.matches || document.documentElement.dataset.motion === "reduced";

/** What changes with a state. */
export function show(before) {
  const { state } = now;
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
export function draw() {
  const { state } = now;
  const left = remaining();
  const share = state.phase_s > 0 ? 1 - left / state.phase_s : 0;
  $("arc").style.strokeDashoffset = String(Math.round(1000 * (1 - Math.min(1, share))));
  const { count } = state;
  if (count && state.phase === "work") {
    // While a camera counts, the pace does not.
    const paced = count.looking ? count.paced_s : count.paced_s + worked() - state.unit_s;
    const ahead = count.every_s ? Math.floor(paced / count.every_s + 1e-6) + count.by_hand : count.done;
    const shown = count.of ? Math.min(ahead, Math.max(count.of, count.done)) : ahead;
    $("number").textContent = count.of ? String(shown) : timeWords(left);
    $("unit").textContent = count.of ? words.of.replace("{n}", count.of) : count.seen ? words.counted.replace("{n}", count.done) : `+${count.by_hand}`;
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

/** The sentence of the moment. */
function sentence() {
  const { state } = now;
  if (state.status === "waiting") return words.start_hint;
  if (now.frozen) return words.frozen;
  if (state.status === "paused") return state.paused_by === "gap" ? words.gap_hint : words.paused_hint;
  if (state.phase !== "work") {
    const enter = state.enter.map((cue) => cue.say).join(" ");
    return state.phase === "ready" ? state.hint.ready : enter;
  }
  const { cues, period_s: period } = state.hint;
  const at = period ? worked() % period : 0;
  const cue = [...cues].reverse().find((one) => one.at <= at + 0.05) ?? cues[cues.length - 1];
  return state.hint.smaller ? `${cue?.text ?? ""} ${words.smaller}` : (cue?.text ?? "");
}
