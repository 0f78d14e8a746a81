// The day as one line whose edges can be dragged, or moved with the arrow keys. The forms below do the same.
// Minutes count from midnight as they passed, so a day on which the clocks change is as long as it was.
const NS = "http://www.w3.org/2000/svg";

function make(name, attributes, parent) {
  const node = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  parent.append(node);
  return node;
}
const two = (number) => String(number).padStart(2, "0");

// What can be seen of a grip is a line; what can be pressed reaches into its own stretch and into free time
// beside it, never into a neighbour, so that short stretches next to each other stay apart.
const TOP = 10, TALL = 40, WITHIN = 14, BESIDE = 10;
// With many stretches only the longer ones stand in the way of the Tab key; the list has all of them.
const MANY = 12, LONG = 15;

function setUp(frame) {
  const forms = [...document.querySelectorAll("form[data-bout]")].filter((f) => Number(f.dataset.end) > Number(f.dataset.start));
  if (!forms.length || frame.querySelector("svg")) return;
  frame.hidden = false;
  const first = Number(frame.dataset.first), last = Number(frame.dataset.last), until = Number(frame.dataset.until);
  const turn = Number(frame.dataset.turn || Infinity), shift = Number(frame.dataset.shift || 0);
  const wall = (minute) => (minute >= turn ? minute + shift : minute);
  const clock = (minute) => `${two(Math.floor(wall(minute) / 60) % 24)}:${two(wall(minute) % 60)}`;
  // The same axis as the drawing above: an hour's name stands where the hour begins.
  const height = 74, span = last - first;
  let width = 0, margin = 0;
  const x = (minute) => margin + ((minute - first) / span) * (width - 2 * margin);
  const label = frame.querySelector(".hint").textContent;
  const drawing = { class: "dayline", role: "group", "aria-label": label };
  const svg = make("svg", drawing, frame.querySelector("[data-line]"));
  const grid = make("g", {}, svg);
  const rule = () => {
    const narrow = frame.clientWidth < 500;
    width = Math.max(280, Math.min(narrow ? 500 : 820, frame.clientWidth));
    margin = narrow ? width / 36 : width / 82;
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    grid.replaceChildren();
    for (let hour = Math.ceil(first / 60); hour <= last / 60; hour += narrow ? 3 : 1) {
      make("line", { x1: x(hour * 60), x2: x(hour * 60), y1: 8, y2: 52, class: "mb-grid" }, grid);
      const place = { x: x(hour * 60), y: 68, "text-anchor": "middle", "font-size": 12, class: "mb-label" };
      const named = Math.floor(wall(hour * 60) / 60);
      make("text", place, grid).textContent = named === 24 ? "24" : two(named % 24);
    }
  };
  rule();
  const drawn = [];
  const redraw = () => {
    for (const draw of drawn) draw();
  };
  // A window that changes its width keeps names that can be read.
  new ResizeObserver(() => {
    rule();
    redraw();
  }).observe(frame);
  const bouts = forms.map((form) => ({ start: Number(form.dataset.start), end: Number(form.dataset.end) }));
  // Where two stretches touch, the edge between them is one edge: the one grows as the other shrinks.
  const joined = bouts.map((bout, n) => n > 0 && Math.abs(bout.start - bouts[n - 1].end) <= 1);
  forms.forEach((form, n) => {
    const bout = bouts[n];
    const name = form.elements.activity.selectedOptions[0].textContent;
    const sensed = "sensed" in form.dataset;
    const shape = sensed ? { y: 20, height: 20, rx: 0 } : { y: 14, height: 32, rx: 5 };
    const bar = make("rect", { ...shape, class: `bout-${form.dataset.activity}` }, svg);
    make("title", {}, bar).textContent = sensed ? `${name}, ${form.dataset.sensed}` : name;
    const reach = forms.length <= MANY || bout.end - bout.start >= LONG;
    const grips = ["start", "end"].map((edge) => {
      const grip = make("g", { class: "grip", tabindex: reach ? 0 : -1, role: "slider", "data-edge": edge }, svg);
      grip.setAttribute("aria-label", `${name}, ${form.elements[edge].getAttribute("aria-label")}`);
      make("rect", { y: TOP, height: TALL, rx: 4 }, grip);
      make("line", { y1: TOP + 11, y2: TOP + TALL - 11 }, grip);
      return grip;
    });
    const floor = () => {
      if (n === 0) return first;
      return joined[n] ? bouts[n - 1].start + 5 : bouts[n - 1].end;
    };
    const roof = () => {
      if (n + 1 >= bouts.length) return Math.min(last, until);
      return Math.min(joined[n + 1] ? bouts[n + 1].end - 5 : bouts[n + 1].start, until);
    };
    const draw = () => {
      bar.setAttribute("x", x(bout.start));
      bar.setAttribute("width", Math.max(2, x(bout.end) - x(bout.start)));
      for (const grip of grips) {
        const at = bout[grip.dataset.edge];
        const begins = grip.dataset.edge === "start";
        const beside_to = begins ? (n > 0 ? bouts[n - 1].end : first) : n + 1 < bouts.length ? bouts[n + 1].start : last;
        const free = Math.max(0, begins ? x(at) - x(beside_to) : x(beside_to) - x(at)) / 2;
        const half = (x(bout.end) - x(bout.start)) / 2;
        const within = Math.max(0.1, Math.min(WITHIN, half)), beside = Math.min(BESIDE, free), inset = Math.min(4, half / 2);
        const [area, line] = grip.children;
        area.setAttribute("x", begins ? x(at) - beside : x(at) - within);
        area.setAttribute("width", within + beside);
        for (const side of ["x1", "x2"]) line.setAttribute(side, x(at) + (begins ? inset : -inset));
        grip.setAttribute("aria-valuenow", Math.round(at));
        grip.setAttribute("aria-valuemin", Math.round(begins ? floor() : bout.start + 5));
        grip.setAttribute("aria-valuemax", Math.round(begins ? bout.end - 5 : roof()));
        grip.setAttribute("aria-valuetext", clock(Math.round(at)));
      }
    };
    const put = (edge, minute) => {
      const low = edge === "start" ? floor() : bout.start + 5;
      const high = edge === "start" ? bout.end - 5 : roof();
      if (low > high) return;
      bout[edge] = Math.max(low, Math.min(high, minute));
      if (edge === "start" && joined[n]) bouts[n - 1].end = bout.start;
      if (edge === "end" && joined[n + 1]) bouts[n + 1].start = bout.end;
      form.elements[edge].value = clock(Math.round(bout[edge]) % 1440);
      form.elements[`${edge}_minute`].value = Math.round(bout[edge]);
      redraw();
    };
    drawn.push(draw);
    for (const grip of grips) {
      const edge = grip.dataset.edge;
      let changed = false;
      grip.addEventListener("pointerdown", (down) => {
        grip.setPointerCapture(down.pointerId);
        const box = svg.getBoundingClientRect();
        const follow = (move) => {
          const minute = first + (((move.clientX - box.left) / box.width) * width - margin) / (width - 2 * margin) * span;
          put(edge, Math.round(minute / 5) * 5);
        };
        const drop = () => {
          grip.removeEventListener("pointermove", follow);
          if (bout.start !== Number(form.dataset.start) || bout.end !== Number(form.dataset.end)) form.requestSubmit();
        };
        grip.addEventListener("pointermove", follow);
        grip.addEventListener("pointerup", drop, { once: true });
        grip.addEventListener("pointercancel", drop, { once: true });
      });
      grip.addEventListener("keydown", (key) => {
        const step = { ArrowLeft: -5, ArrowDown: -5, ArrowRight: 5, ArrowUp: 5, PageUp: 30, PageDown: -30 }[key.key];
        if (step) {
          key.preventDefault();
          put(edge, Math.round(bout[edge]) + step);
          changed = true;
        } else if (key.key === "Enter" && changed) {
          form.requestSubmit();
        }
      });
      grip.addEventListener("blur", () => {
        if (changed) form.requestSubmit();
      });
    }
  });
  redraw();
}

const begin = () => {
  const frame = document.querySelector("[data-dayline]");
  if (frame) setUp(frame);
};
document.addEventListener("mb-fresh", begin);
begin();
