// The line to midback. In: events. Out: the state after each, in order. An event is sent until it is answered;
// its id makes sure that it counts once. Next: session.js.

const WAIT_MS = [300, 600, 1000, 2000];

/** A fresh id for an event. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export class Link extends EventTarget {
  /** @param {string} session */
  constructor(session) {
    super();
    this.path = `/api/session/${session}`;
    /** @type {{event: object, done: (state: object | null) => void}[]} */
    this.queue = [];
    this.busy = false;
    this.away = false;
  }

  /** Send an event; resolves with the state after it, or null when it was refused. */
  send(kind, data = {}) {
    return new Promise((done) => {
      this.queue.push({ event: { id: newId(), kind, data }, done });
      this.#work();
    });
  }

  /** Confirm that somebody is here, unless something is on its way that does. */
  beat() {
    if (!this.busy && this.queue.length === 0) this.send("heartbeat");
  }

  /** Ask for something else to read. */
  async get(what) {
    const answer = await fetch(`${this.path}/${what}`, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }

  async #work() {
    if (this.busy) return;
    this.busy = true;
    while (this.queue.length > 0) {
      const { event, done } = this.queue[0];
      const state = await this.#until(event);
      this.queue.shift();
      if (state) this.dispatchEvent(new CustomEvent("state", { detail: { state, kind: event.kind } }));
      done(state);
    }
    this.busy = false;
  }

  async #until(event) {
    for (let tries = 0; ; tries += 1) {
      try {
        const answer = await fetch(`${this.path}/events`, {
          method: "POST",
          headers: { "Content-Type": "application/json", Accept: "application/json" },
          body: JSON.stringify(event),
          signal: AbortSignal.timeout(8000),
        });
        if (answer.ok) {
          const state = await answer.json();
          this.#reach(false);
          return state;
        }
        if (answer.status < 500) {
          this.#reach(false);
          const why = await answer.json().catch(() => ({}));
          this.dispatchEvent(new CustomEvent("refused", { detail: { status: answer.status, why, kind: event.kind } }));
          return null;
        }
      } catch {
        // no answer: the server is away; try again
      }
      this.#reach(true);
      await new Promise((next) => setTimeout(next, WAIT_MS[Math.min(tries, WAIT_MS.length - 1)]));
    }
  }

  #reach(away) {
    if (away === this.away) return;
    this.away = away;
    this.dispatchEvent(new CustomEvent(away ? "away" : "back"));
  }
}
