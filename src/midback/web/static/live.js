// Keeps what a page shows of the day in step with the day. In: /api/day/stream. Out: sections put in place anew.
// One tab listens for all of them, because a browser keeps only few lines open to one server.
// Where somebody reads with the keyboard, edits, or has a form half filled, a section waits until they are done.

const ROOM = "midback-day";
const was = new WeakMap();
const places = () => [...document.querySelectorAll("[data-live]")];
let asking = false, again = false, waiting = false;

/** Whether somebody is in the middle of something there. @param {Element} place */
function inUse(place) {
  if (place.contains(document.activeElement)) return true;
  return [...place.querySelectorAll("input, select, textarea")].some((field) => {
    if (field instanceof HTMLSelectElement) return [...field.options].some((o) => o.selected !== o.defaultSelected);
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    return field.type !== "hidden" && field.value !== field.defaultValue;
  });
}

/** Put the new section where the old one was; what was unfolded stays so. */
function put(old, fresh) {
  for (const open of old.querySelectorAll("details[id][open]")) {
    fresh.querySelector(`#${CSS.escape(open.id)}`)?.setAttribute("open", "");
  }
  for (const shut of old.querySelectorAll("details[id]:not([open])")) {
    fresh.querySelector(`#${CSS.escape(shut.id)}`)?.removeAttribute("open");
  }
  old.replaceChildren(...fresh.childNodes);
  for (const { name, value } of fresh.attributes) old.setAttribute(name, value);
  old.dispatchEvent(new CustomEvent("mb-fresh", { bubbles: true }));
}

async function refresh() {
  if (document.hidden) {
    again = true; // asked for when somebody looks
    return;
  }
  if (asking) {
    again = true;
    return;
  }
  asking = true;
  again = waiting = false;
  try {
    const here = new URL(location.href);
    for (const key of ["done", "ref"]) here.searchParams.delete(key);
    const answer = await fetch(here, { headers: { Accept: "text/html" } });
    // On another page by now, for instance while driving: that page is the one to show.
    if (answer.redirected && new URL(answer.url).pathname !== here.pathname) location.replace(answer.url);
    else if (answer.ok) await renew(await answer.text());
  } catch {
    waiting = true; // the server is away; the stream comes back with it
  }
  asking = false;
  if (again) refresh();
}

async function renew(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const now = places(), then = [...page.querySelectorAll("[data-live]")];
  if (now.map((p) => p.dataset.live).join() !== then.map((p) => p.dataset.live).join()) {
    // Another page than this one: all of it, unless somebody is busy here.
    if (inUse(document.body) && document.activeElement !== document.body) waiting = true;
    else location.reload();
    return;
  }
  now.forEach((old, n) => {
    const fresh = document.importNode(then[n], true);
    const html = fresh.innerHTML;
    if (was.get(old) === html) return;
    if (inUse(old)) {
      waiting = true;
      return;
    }
    put(old, fresh);
    was.set(old, html);
  });
}

function listen(tell) {
  const source = new EventSource("/api/day/stream");
  source.addEventListener("day", tell);
  source.addEventListener("error", () => {
    // Refused for good: a browser gives up then, so we ask again later ourselves.
    if (source.readyState === EventSource.CLOSED) setTimeout(() => listen(tell), 15_000);
  });
}

function begin() {
  const others = "BroadcastChannel" in window ? new BroadcastChannel(ROOM) : null;
  let first = true;
  const heard = () => {
    document.documentElement.dataset.follows = "on";
    if (first) first = false;
    else refresh();
  };
  others?.addEventListener("message", () => refresh());
  const lead = () => {
    listen((event) => {
      others?.postMessage(event.data);
      heard();
    });
    return new Promise(() => {}); // held as long as the tab lives
  };
  if (navigator.locks && others) navigator.locks.request(ROOM, lead);
  else lead();
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && (again || waiting)) refresh();
  });
  document.addEventListener("focusout", () => {
    if (waiting) setTimeout(() => waiting && refresh(), 400);
  });
  addEventListener("pageshow", (shown) => {
    if (shown.persisted) refresh();
  });
}

// This module runs before those that draw into the sections, so this is what the server sent.
for (const place of places()) was.set(place, place.innerHTML);
if (places().length && "EventSource" in window) begin();
