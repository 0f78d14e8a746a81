// The sliders of "Why": what they do is seen at once. In: the form's fields. Out: drawings and words put in place.
// The server counts and draws, as it does without this script; here is only asking, putting and saying.
// One question is under way at a time and the newest waits for it, so no old answer ever lies over a newer one.

const form = document.querySelector("form[data-why]");
const SAID_AFTER_MS = 700;

/** @typedef {{drawings: Record<string, string>, texts: Record<string, string>, said: string}} Effect */

/** The value of a slider in words, as the server says it. @param {HTMLInputElement} slider */
export function inWords(slider) {
  const { says, none, full, behind } = slider.dataset;
  const value = Number(slider.value);
  if (full && value >= Number(slider.max)) return full;
  if (none && value === 0) return none;
  return ((value < 0 && behind) || (says ?? "{n}")).replace("{n}", String(Math.abs(value)));
}

/** Say beside a slider, and to who cannot see it, where it stands. @param {HTMLInputElement} slider */
function tell(slider) {
  const words = inWords(slider);
  slider.setAttribute("aria-valuetext", words);
  const output = slider.closest(".why-slider")?.querySelector("output");
  if (output && output.textContent !== words) output.textContent = words;
}

/** What the last answer drew, by place. @type {Map<string, string>} */
const drawn = new Map();

/** Put an answer in its places; only what changed is touched. @param {Effect} effect */
function put(effect) {
  for (const [name, svg] of Object.entries(effect.drawings)) {
    if (drawn.get(name) === svg) continue;
    drawn.set(name, svg);
    for (const place of document.querySelectorAll(`[data-drawn="${name}"]`)) {
      const made = document.createElement("template");
      made.innerHTML = svg;
      place.replaceChildren(made.content);
    }
  }
  for (const [name, words] of Object.entries(effect.texts)) {
    for (const place of document.querySelectorAll(`[data-put="${name}"]`)) {
      if (place.textContent !== words) place.textContent = words;
    }
  }
}

function setUp() {
  const sliders = [...form.querySelectorAll("input[type=range]")];
  const status = document.getElementById("why-said");
  let asking = false, wanted = false, timer = 0;
  /** @type {Effect | null} */
  let shown = null;
  form.querySelector("[data-why-send]")?.setAttribute("hidden", "");

  const elbow = form.elements.namedItem("elbow");
  const fields = () => new URLSearchParams([...sliders, elbow].map((one) => [one.name, one.value]));

  // What came of it is said once the hand rests, not at every step.
  const settle = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (asking) return settle();
      if (shown && status.textContent !== shown.said) status.textContent = shown.said;
      const here = new URL(location.href);
      here.search = fields().toString();
      history.replaceState(history.state, "", here);
      return undefined;
    }, SAID_AFTER_MS);
  };

  const ask = async () => {
    wanted = true;
    if (asking) return;
    asking = true;
    while (wanted) {
      wanted = false;
      const given = fields();
      given.set("day", form.dataset.day ?? "");
      try {
        const answer = await fetch(`/api/why/effect?${given}`, { signal: AbortSignal.timeout(8000) });
        if (!answer.ok) throw new Error(String(answer.status));
        shown = await answer.json();
        put(shown);
        form.dispatchEvent(new CustomEvent("mb-why", { detail: Object.fromEntries(given) }));
      } catch {
        // The drawing stays as it is, and the button of the page without scripts asks the server again.
        status.textContent = form.dataset.offline ?? "";
        form.querySelector("[data-why-send]")?.removeAttribute("hidden");
      }
    }
    asking = false;
  };

  // A browser that comes back to the page may have put the sliders elsewhere than the server drew.
  if (sliders.some((slider) => slider.value !== slider.defaultValue)) ask();
  for (const slider of sliders) {
    tell(slider);
    slider.addEventListener("input", () => {
      tell(slider);
      ask();
      settle();
    });
  }
  // A button for a whole shape moves the sliders; the breaks stay where they are.
  form.addEventListener("submit", (event) => {
    const held = event.submitter?.dataset.held;
    if (!held) return;
    event.preventDefault();
    for (const [name, value] of Object.entries(JSON.parse(held))) {
      const field = form.elements.namedItem(name);
      if (!field || name === "breaks") continue;
      field.value = String(value);
      if (field.type === "range") tell(field);
    }
    ask();
    settle();
  });
}

if (form) setUp();
