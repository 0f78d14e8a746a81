// Says a prompt that came while the page lies open: in its title, and with a tone where one is wanted.
// Also the end of what is worn. A browser that has seen no press of a key or button yet stays silent; the words
// stand on the page either way.

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
let title = "";

/** Sound a tone, in one tab only. @param {string} key what it is for @param {string} name */
async function chime(key, name) {
  if (navigator.userActivation && !navigator.userActivation.hasBeenActive) return;
  const ring = async () => {
    const { ready, sound } = await import("./sound.js");
    if (await ready()) sound(name);
    await new Promise((go) => setTimeout(go, 3000)); // the other tabs hear of it within this time
  };
  if (navigator.locks) await navigator.locks.request(`midback-tone-${key}`, { ifAvailable: true }, (lock) => lock && ring());
  else await ring();
}

function entitle(said) {
  title ||= document.title;
  document.title = said ? `${said} · ${title}` : title;
}

/** Remember across pages what was said aloud already. */
function fresh(key) {
  try {
    if (sessionStorage.getItem("midback-said") === key) return false;
    sessionStorage.setItem("midback-said", key);
  } catch {
    return true; // no storage: rather twice than never
  }
  return true;
}

function look() {
  const due = document.querySelector("[data-prompt]");
  const worn = document.querySelector("[data-wear-until]");
  clearTimeout(timer);
  entitle(due?.dataset.says ?? "");
  if (due && fresh(due.dataset.prompt) && due.dataset.sound === "on") chime(due.dataset.prompt, "change");
  if (worn) takeOff(worn);
}

// What is worn has an end: then the page says so aloud, in its title and with a tone, wherever it lies open.
function takeOff(worn) {
  const left = Date.parse(worn.dataset.wearUntil) - Date.now();
  const remind = () => {
    const said = document.createElement("b");
    said.setAttribute("role", "alert");
    said.textContent = worn.dataset.wearSays;
    worn.before(said);
    entitle(worn.dataset.wearSays);
    if (worn.dataset.sound !== "silent") chime(worn.dataset.wearUntil, "end");
  };
  if (left > 0) timer = setTimeout(remind, left);
}

document.addEventListener("mb-fresh", look);
look();
