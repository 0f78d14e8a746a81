// The day as one line whose edges can be dragged, or moved with the arrow keys. The forms below do the same.
const NS = "http://www.w3.org/2000/svg";
const frame = document.querySelector("[data-dayline]");
const forms = [...document.querySelectorAll("form[data-bout]")];

function make(name, attributes, parent) {
  const node = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  parent.append(node);
  return node;
}
const two = (number) => String(number).padStart(2, "0");
const clock = (minute) => `${two(Math.floor(minute / 60) % 24)}:${two(minute % 60)}`;

// What can be seen of a grip is a line; what can be pressed reaches into its own stretch and into free time
// beside it, never into a neighbour, so that short stretches next to each other stay apart.
const TOP = 10, TALL = 40, WITHIN = 14, BESIDE = 10;

if (frame && forms.length) {
  frame.hidden = false;
  const first = Number(frame.dataset.first), last = Number(frame.dataset.last), until = Number(frame.dataset.until);
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
      make("text", place, grid).textContent = hour === 24 ? "24" : two(hour % 24);
    }
  };
  rule();
  const drawn = [];
  // A window that changes its width keeps names that can be read.
  new ResizeObserver(() => {
    rule();
    for (const draw of drawn) draw();
  }).observe(frame);
  forms.forEach((form, n) => {
    const bout = { start: Number(form.dataset.start), end: Number(form.dataset.end) };
    const name = form.elements.activity.selectedOptions[0].textContent;
    const bar = make("rect", { y: 14, height: 32, rx: 5, class: `bout-${form.dataset.activity}` }, svg);
    make("title", {}, bar).textContent = name;
    const grips = ["start", "end"].map((edge) => {
      const grip = make("g", { class: "grip", tabindex: 0, role: "slider", "data-edge": edge, "data-n": n }, svg);
      grip.setAttribute("aria-label", `${name}, ${form.elements[edge].getAttribute("aria-label")}`);
      make("rect", { y: TOP, height: TALL, rx: 4 }, grip);
      make("line", { y1: TOP + 11, y2: TOP + TALL - 11 }, grip);
      return grip;
    });
    const floor = () => (n > 0 ? forms[n - 1].bout.end : first);
    const roof = () => Math.min(n + 1 < forms.length ? forms[n + 1].bout.start : last, until);
    const draw = () => {
      bar.setAttribute("x", x(bout.start));
      bar.setAttribute("width", Math.max(2, x(bout.end) - x(bout.start)));
      for (const grip of grips) {
        const at = bout[grip.dataset.edge];
        const begins = grip.dataset.edge === "start";
        const free = Math.abs((begins ? x(bout.start) - x(floor()) : x(roof()) - x(bout.end)) / 2);
        const half = (x(bout.end) - x(bout.start)) / 2;
        const within = Math.min(WITHIN, half), beside = Math.min(BESIDE, free), inset = Math.min(4, half / 2);
        const [area, line] = grip.children;
        area.setAttribute("x", begins ? x(at) - beside : x(at) - within);
        area.setAttribute("width", within + beside);
        for (const side of ["x1", "x2"]) line.setAttribute(side, x(at) + (begins ? inset : -inset));
        grip.setAttribute("aria-valuenow", at);
        grip.setAttribute("aria-valuemin", begins ? floor() : bout.start + 5);
        grip.setAttribute("aria-valuemax", begins ? bout.end - 5 : roof());
        grip.setAttribute("aria-valuetext", clock(at));
        form.elements[grip.dataset.edge].value = clock(Math.min(at, 1439));
      }
    };
    const put = (edge, minute) => {
      const low = edge === "start" ? floor() : bout.start + 5;
      const high = edge === "start" ? bout.end - 5 : roof();
      bout[edge] = Math.max(low, Math.min(high, minute));
      draw();
    };
    form.bout = bout;
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
          put(edge, bout[edge] + step);
          changed = true;
        } else if (key.key === "Enter" && changed) {
          form.requestSubmit();
        }
      });
      grip.addEventListener("blur", () => {
        if (changed) form.requestSubmit();
      });
    }
    queueMicrotask(draw);
  });
}
