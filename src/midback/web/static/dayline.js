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

// What can be seen of a grip is a line; what can be pressed reaches into its own stretch and into free time beside
// it. A grip is never narrower than LEAST: those of short stretches are moved apart until each has its place.
const TOP = 10, TALL = 40, WITHIN = 14, BESIDE = 10, LEAST = 8;
// Room above the line for the time of the edge that is being moved.
const ABOVE = 20;
// With many stretches only the longer ones stand in the way of the Tab key; the list has all of them.
const MANY = 12, LONG = 15;

/** Move pressable parts [from, to] apart, in order, so that each keeps a width. Works in place. */
export function apart(parts, from, to) {
  const least = Math.min(LEAST, (to - from) / Math.max(1, parts.length));
  for (const part of parts) {
    const lacks = Math.max(0, least - (part[1] - part[0])) / 2;
    part[0] -= lacks;
    part[1] += lacks;
  }
  if (parts.length && parts[0][0] < from) {
    parts[0][1] = Math.max(parts[0][1], from + least);
    parts[0][0] = from;
  }
  for (let n = 1; n < parts.length; n++) {
    const left = parts[n - 1], right = parts[n];
    if (right[0] >= left[1]) continue;
    const low = left[0] + least, high = right[1] - least;
    const middle = Math.max(low, Math.min(high, (left[1] + right[0]) / 2));
    left[1] = right[0] = middle;
    right[1] = Math.max(right[1], middle + least);
  }
  let edge = to;
  for (let n = parts.length - 1; n >= 0 && parts[n][1] > edge; n--) {
    parts[n][1] = edge;
    parts[n][0] = Math.min(parts[n][0], edge - least);
    edge = parts[n][0];
  }
}

// Which edge was moved with the keyboard, so that the focus is there again once the page has come back.
const MOVED = "midback-edge";
function remember(edge, minute) {
  try {
    sessionStorage.setItem(MOVED, JSON.stringify({ path: location.pathname, edge, minute }));
  } catch {
    // no storage: the focus starts at the top
  }
}
function recall() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(MOVED) ?? "null");
    sessionStorage.removeItem(MOVED);
    return kept && kept.path === location.pathname ? kept : null;
  } catch {
    return null;
  }
}

function setUp(frame) {
  const forms = [...document.querySelectorAll("form[data-bout]")].filter((f) => Number(f.dataset.end) > Number(f.dataset.start));
  if (!forms.length || frame.querySelector(".dayline")) return;
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
    svg.setAttribute("viewBox", `0 ${-ABOVE} ${width} ${height + ABOVE}`);
    grid.replaceChildren();
    for (let hour = Math.ceil(first / 60); hour <= last / 60; hour += narrow ? 3 : 1) {
      make("line", { x1: x(hour * 60), x2: x(hour * 60), y1: 8, y2: 52, class: "mb-grid" }, grid);
      const place = { x: x(hour * 60), y: 68, "text-anchor": "middle", "font-size": 12, class: "mb-label" };
      const named = Math.floor(wall(hour * 60) / 60);
      make("text", place, grid).textContent = named === 24 ? "24" : two(named % 24);
    }
  };
  rule();
  const drawn = [], grips_of = [];
  const redraw = () => {
    for (const draw of drawn) draw();
    // In order of time, so that no pressable part lies over another.
    const order = grips_of.flat();
    const parts = order.map((grip) => [...grip.reach]);
    apart(parts, 0, width);
    order.forEach((grip, n) => {
      grip.firstChild.setAttribute("x", parts[n][0]);
      grip.firstChild.setAttribute("width", Math.max(0.1, parts[n][1] - parts[n][0]));
    });
    say();
  };
  // The time of the edge that is being moved, or looked at, stands above it.
  let shown = null;
  const say = () => {
    note.textContent = shown ? clock(Math.round(shown.bout[shown.edge])) : "";
    if (shown) note.setAttribute("x", Math.max(24, Math.min(width - 24, x(shown.bout[shown.edge]))));
  };
  const look = (at) => {
    shown = at;
    say();
  };
  const long = (minutes) => {
    const hours = Math.floor(minutes / 60), rest = minutes % 60;
    const words = hours ? (rest ? frame.dataset.hm : frame.dataset.h) : frame.dataset.m;
    return words.replace("{hours}", hours).replace("{minutes}", hours ? two(rest) : rest);
  };
  // A window that changes its width keeps names that can be read.
  new ResizeObserver(() => {
    rule();
    redraw();
  }).observe(frame);
  const bouts = forms.map((form) => ({ start: Number(form.dataset.start), end: Number(form.dataset.end) }));
  // The line of the list above each form follows, and is as it was when the change is taken back.
  const lines = forms.map((form) => {
    const head = form.closest("details")?.querySelector("summary");
    return [".line-time", "[data-long]"].map((place) => head?.querySelector(place));
  });
  const words = lines.map((places) => places.map((place) => place?.textContent ?? ""));
  const follow_list = () => {
    bouts.forEach((bout, n) => {
      const moved = bout.start !== Number(forms[n].dataset.start) || bout.end !== Number(forms[n].dataset.end);
      const start = Math.round(bout.start), end = Math.round(bout.end);
      const now = moved ? [`${clock(start)}–${end === until_midnight ? "24:00" : clock(end)}`, long(end - start)] : words[n];
      lines[n].forEach((place, part) => {
        if (place && place.textContent !== now[part]) place.textContent = now[part];
      });
    });
  };
  const until_midnight = Number(frame.dataset.length || 1440);
  const take_back = () => {
    bouts.forEach((bout, n) => {
      bout.start = Number(forms[n].dataset.start);
      bout.end = Number(forms[n].dataset.end);
      for (const edge of ["start", "end"]) {
        forms[n].elements[edge].value = forms[n].elements[edge].defaultValue;
        forms[n].elements[`${edge}_minute`].value = "";
      }
    });
    follow_list();
    redraw();
  };
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
        const line = grip.lastChild;
        grip.reach = begins ? [x(at) - beside, x(at) + within] : [x(at) - within, x(at) + beside];
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
      follow_list();
      redraw();
    };
    drawn.push(draw);
    grips_of.push(grips);
    for (const grip of grips) {
      const edge = grip.dataset.edge;
      const here = { bout, edge };
      const changed = () => bout.start !== Number(form.dataset.start) || bout.end !== Number(form.dataset.end);
      let dragging = false;
      const end_drag = () => {
        dragging = false;
        grip.onpointermove = grip.onpointerup = grip.onpointercancel = null;
      };
      grip.addEventListener("pointerenter", () => shown?.held || look(here));
      grip.addEventListener("pointerleave", () => dragging || shown?.held || look(focused()));
      grip.addEventListener("pointerdown", (down) => {
        if (down.button) return;
        grip.setPointerCapture(down.pointerId);
        const box = svg.getBoundingClientRect();
        const minute_of = (move) =>
          first + ((((move.clientX - box.left) / box.width) * width - margin) / (width - 2 * margin)) * span;
        // Where the pressed part was moved beside its edge, the edge does not jump to the pointer.
        const off = minute_of(down) - bout[edge];
        dragging = true;
        look({ ...here, held: true });
        grip.onpointermove = (move) => put(edge, Math.round((minute_of(move) - off) / 5) * 5);
        grip.onpointerup = () => {
          end_drag();
          look(here);
          if (changed()) form.requestSubmit();
        };
        grip.onpointercancel = () => {
          end_drag();
          look(null);
          take_back();
        };
      });
      grip.addEventListener("keydown", (key) => {
        const step = { ArrowLeft: -5, ArrowDown: -5, ArrowRight: 5, ArrowUp: 5, PageUp: 30, PageDown: -30 }[key.key];
        if (step) {
          key.preventDefault();
          look(here);
          put(edge, Math.round(bout[edge]) + step);
        } else if (key.key === "Escape") {
          end_drag();
          take_back();
          look(here);
        } else if (key.key === "Enter" && changed()) {
          remember(edge, Math.round(bout[edge]));
          form.requestSubmit();
        }
      });
      grip.addEventListener("focus", () => look(here));
      grip.addEventListener("blur", (left) => {
        if (!dragging) look(null);
        // The other edge of the same stretch may still be moved, and another window is no answer.
        if (dragging || !changed() || grips.includes(left.relatedTarget) || !document.hasFocus()) return;
        form.requestSubmit();
      });
    }
  });
  const focused = () => {
    const n = grips_of.findIndex((grips) => grips.includes(document.activeElement));
    return n < 0 ? null : { bout: bouts[n], edge: document.activeElement.dataset.edge };
  };
  const note = make("text", { y: -5, "text-anchor": "middle", "font-size": 14, class: "mb-label edge-time", "aria-hidden": "true" }, svg);
  redraw();
  const kept = recall();
  if (!kept) return;
  // The nearest edge of that kind, for the day may show it a moment off.
  const near = bouts.map((bout, n) => [Math.abs(bout[kept.edge] - kept.minute), n]).sort((a, b) => a[0] - b[0])[0];
  if (near && near[0] <= 2) grips_of[near[1]][kept.edge === "start" ? 0 : 1].focus();
}

const begin = () => {
  const frame = document.querySelector("[data-dayline]");
  if (frame) setUp(frame);
};
document.addEventListener("mb-fresh", begin);
begin();
