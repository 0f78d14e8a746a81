// <mb-figure src="/figures/cat-cow/floor.json?side=left">: plays the numbers that midback.share.figure baked.
// In: shapes and frames of whole numbers. Out: paths. There are no joints and no angles here, only interpolation.
// The element's child, an inline SVG of one moment, stays when the numbers cannot be had.
// @ts-check

import { drawingOf, moveLayer } from "./figure-drawing.js";
import { fetchFigure } from "./figure-numbers.js";

/**
 * @typedef {import("./figure-numbers.js").Figure} Figure
 * @typedef {import("./figure-drawing.js").Layer} Layer
 */

const STEP_S = 2; // how long a stepped key pose stays
/** @type {Set<MbFigure>} */
const playing = new Set();
let asked = 0;

/** One frame request serves every figure of the page. @param {number} now ms */
function tick(now) {
  asked = 0;
  for (const figure of playing) figure.advance(now);
  if (playing.size > 0) asked = requestAnimationFrame(tick);
}

export class MbFigure extends HTMLElement {
  static observedAttributes = ["src", "side", "speed", "rate"];

  constructor() {
    super();
    /** @type {Figure|null} */
    this.figure = null;
    /** @type {Map<string, Layer>} */
    this.layers = new Map();
    /** @type {SVGSVGElement|null} */
    this.canvas = null;
    this.speed = 1;
    this.rate = 0; // drawings a second at most, where something else needs the computer; 0 for every frame
    this.stepped = false;
    this.wanted = true;
    this.last = 0;
    this.clock = 0;
    this.shownOrder = -1;
    this.loads = 0;
    this.shownFrom = "";
    this.still = matchMedia("(prefers-reduced-motion: reduce)");
    this.onMotion = () => this.settle();
    /** @type {HTMLButtonElement|null} */
    this.button = null;
    /** @type {IntersectionObserver|null} */
    this.sight = null;
    this.inSight = true;
  }

  /** Whether key poses are wanted first: by the system, or by the page's own setting. */
  isCalm() {
    return this.still.matches || document.documentElement.dataset.motion === "reduced";
  }

  connectedCallback() {
    this.still.addEventListener("change", this.onMotion);
    this.sight = new IntersectionObserver((rows) => {
      this.inSight = rows[rows.length - 1].isIntersecting;
      this.run();
    });
    this.sight.observe(this);
    this.load();
  }

  disconnectedCallback() {
    this.still.removeEventListener("change", this.onMotion);
    this.sight?.disconnect();
    playing.delete(this);
  }

  /** @param {string} name @param {string|null} before @param {string|null} after */
  attributeChangedCallback(name, before, after) {
    if (name === "speed") this.speed = Number(after) > 0 ? Number(after) : 1;
    else if (name === "rate") this.rate = Number(after) > 0 ? Number(after) : 0;
    else if (this.isConnected && before !== after) this.load();
  }

  /** Whether it stands still. */
  get paused() {
    return !this.wanted;
  }

  /** Seconds since the start of the cycle. */
  get t() {
    return this.clock;
  }

  set t(seconds) {
    this.seek(seconds);
  }

  /** Seconds of one cycle, 0 until it is there. */
  get duration() {
    return this.figure?.duration_s ?? 0;
  }

  /** Move; for someone who asked for less motion, this is the Play button's answer and it moves fully. */
  play() {
    this.wanted = true;
    this.stepped = false;
    this.run();
  }

  /** Stand still at this moment. */
  pause() {
    this.wanted = false;
    this.run();
  }

  /** Show the moment ``seconds`` after the start of a cycle. @param {number} seconds */
  seek(seconds) {
    const cycle = this.duration || 1;
    this.clock = ((seconds % cycle) + cycle) % cycle;
    this.draw();
  }

  async load() {
    const src = this.getAttribute("src");
    if (!src) return;
    const url = new URL(src, document.baseURI);
    const side = this.getAttribute("side");
    if (side) url.searchParams.set("side", side);
    const turn = ++this.loads;
    try {
      const figure = await fetchFigure(url.href);
      if (turn !== this.loads || !this.isConnected) return;
      this.build(figure);
      this.shownFrom = url.href;
      this.dispatchEvent(new CustomEvent("figure-ready", { bubbles: true }));
    } catch {
      if (turn !== this.loads) return;
      // an inline drawing stays: it says what the moving one says; a drawing of something else does not
      if (this.figure !== null && this.shownFrom !== url.href) this.clear();
      this.setAttribute("data-still", "");
    }
  }

  /** Take the drawing away. */
  clear() {
    this.canvas?.remove();
    this.canvas = null;
    this.figure = null;
    this.layers = new Map();
    this.run();
  }

  /** Make the paths once. @param {Figure} figure */
  build(figure) {
    const fallback = this.querySelector("svg");
    const title = this.getAttribute("label") ?? fallback?.querySelector("title")?.textContent ?? "";
    const { canvas, layers } = drawingOf(figure, title);
    this.layers = layers;
    fallback?.remove();
    this.canvas?.remove();
    this.canvas = canvas;
    this.prepend(canvas);
    this.removeAttribute("data-still");
    this.figure = figure;
    this.shownOrder = -1;
    this.clock = Math.min(this.clock, figure.duration_s);
    this.settle();
    this.draw();
  }

  /** Follow the wish for less motion: stepped key poses first, and a Play button, since the movement is the content. */
  settle() {
    this.stepped = this.isCalm() && !this.hasAttribute("driven");
    if (this.stepped && this.button === null && !this.hasAttribute("nobutton")) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "mb-play";
      const say = () => {
        button.textContent = this.stepped
          ? (this.getAttribute("data-play") ?? "Play")
          : (this.getAttribute("data-steps") ?? "Steps");
      };
      button.addEventListener("click", () => {
        if (this.stepped) this.play();
        else {
          this.stepped = true;
          this.draw();
        }
        say();
      });
      say();
      this.append(button);
      this.button = button;
    } else if (!this.isCalm() && this.button !== null) {
      this.button.remove();
      this.button = null;
    }
    this.run();
  }

  run() {
    if (this.wanted && this.inSight && this.figure !== null && this.isConnected) {
      if (!playing.has(this)) {
        this.last = 0;
        playing.add(this);
      }
      if (asked === 0) asked = requestAnimationFrame(tick);
    } else {
      playing.delete(this);
    }
  }

  /** @param {number} now ms */
  advance(now) {
    if (this.rate > 0 && this.last > 0 && now - this.last < 1000 / this.rate - 4) return;
    const passed = this.last === 0 ? 0 : Math.min(0.1, (now - this.last) / 1000);
    this.last = now;
    const cycle = this.duration || 1;
    if (this.stepped) {
      const poses = this.figure?.keyposes ?? [];
      const pose = poses.length > 0 ? poses[Math.floor(now / 1000 / STEP_S) % poses.length] : null;
      if (pose !== null && pose.at !== this.clock) this.seek(pose.at);
      return;
    }
    this.clock = (this.clock + passed * this.speed) % cycle;
    this.draw();
  }

  draw() {
    const figure = this.figure;
    if (figure === null) return;
    const { times, index } = figure;
    let i = 0;
    while (i < times.length - 2 && times[i + 1] <= this.clock) i++;
    const span = times[i + 1] - times[i];
    const s = span > 0 ? Math.min(1, Math.max(0, (this.clock - times[i]) / span)) : 0;
    const from = index[i];
    const to = index[i + 1] ?? from;
    for (const layer of this.layers.values()) moveLayer(layer, from, to, s);
    this.sort(figure);
  }

  /** Put far things first when what hides what has changed. @param {Figure} figure */
  sort(figure) {
    let now = 0;
    for (let i = 0; i < figure.order.length; i++) if (figure.order[i].at <= this.clock + 1e-6) now = i;
    if (now === this.shownOrder) return;
    this.shownOrder = now;
    for (const id of figure.order[now].ids) {
      const layer = this.layers.get(id);
      if (layer !== undefined) this.canvas?.append(layer.node);
    }
  }
}

if (!customElements.get("mb-figure")) customElements.define("mb-figure", MbFigure);
