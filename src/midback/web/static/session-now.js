// Where the session stands, as midback last said, and the time that passed since. In: what the page was given.
// Out: one moment that all parts of the page read. Nothing is counted here, midback counts. Next: session.js.

import { Link } from "./session-link.js";

export const $ = (id) => document.getElementById(id);
export const words = JSON.parse($("session-words").textContent);

/**
 * state : what midback said last ; received : ms of the wall clock when that was true
 * frozen : whether midback has been silent for longer than time may run on without it
 */
export const now = { state: JSON.parse($("session-state").textContent), received: Date.now(), frozen: false };
export const link = new Link(now.state.id);

/** Take what midback says as true from this instant on. */
export function set(state) {
  now.state = state;
  now.received = Date.now();
  now.frozen = false;
}

/** Look at the clock: has midback been silent for too long? */
export function look() {
  now.frozen = now.state.status === "running" && (Date.now() - now.received) / 1000 > now.state.max_gap_s;
}

export const running = () => now.state.status === "running" && !now.frozen;

/** Seconds since the state was true; the page goes on alone for as long as midback would count. */
export function since() {
  if (now.state.status !== "running") return 0;
  return Math.max(0, Math.min((Date.now() - now.received) / 1000, now.state.max_gap_s));
}

/** Seconds left of the phase. */
export const remaining = () => Math.max(0, now.state.remaining_s - since());

/** Seconds of this unit that were worked. */
export function worked() {
  return now.state.phase === "work" ? now.state.unit_s + Math.min(since(), now.state.remaining_s) : 0;
}
