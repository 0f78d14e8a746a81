// Parts of the session page drawn from a state. In: state. Out: elements. Next: session.js.

/** "4:05", or "45" below a minute unless whole is wanted. */
export function timeWords(seconds, long = false) {
  const all = Math.ceil(seconds - 1e-6);
  if (all < 60 && !long) return String(all);
  return `${Math.floor(all / 60)}:${String(all % 60).padStart(2, "0")}`;
}

/** The line at the top: one piece for each exercise, filled as far as it is done. */
export function drawSteps(into, list, words) {
  into.replaceChildren(
    ...list.map((item) => {
      const piece = document.createElement("li");
      piece.dataset.closed = item.closed;
      if (item.here) piece.dataset.here = "";
      const name = words.done_share.replace("{title}", item.title).replace("{n}", Math.round(item.share * 100));
      piece.setAttribute("aria-label", item.here ? `${name}, ${words.now}` : name);
      const fill = document.createElement("i");
      fill.style.transform = `scaleX(${item.share})`;
      piece.append(fill);
      return piece;
    }),
  );
}

/** The jump list. */
export function drawItems(into, list, words, jump) {
  into.replaceChildren(
    ...list.map((item) => {
      const line = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.className = "quiet";
      button.disabled = !item.open;
      if (item.here) button.setAttribute("aria-current", "step");
      const name = document.createElement("span");
      const title = document.createElement("b");
      title.textContent = item.title;
      name.append(title, item.dose);
      const note = document.createElement("span");
      note.className = "tag";
      note.textContent = item.note;
      button.append(name, note);
      button.addEventListener("click", () => jump(item.key));
      line.append(button);
      return line;
    }),
  );
}

/** The card that says what comes next, with its picture. */
export function drawNext(state, $) {
  const { next } = state;
  $("next").hidden = !next;
  if (!next) return;
  $("next-title").textContent = [next.title, next.side].filter(Boolean).join(", ");
  $("next-dose").textContent = next.dose;
  drawStill($("next-still"), next.still);
}

/** Put the drawing of an address into an element; inline, so that it wears the page's colours. */
async function drawStill(into, address) {
  into.hidden = !address;
  if (!address || into.dataset.shown === address) return;
  into.dataset.shown = address;
  try {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(String(answer.status));
    const drawing = new DOMParser().parseFromString(await answer.text(), "image/svg+xml").documentElement;
    if (into.dataset.shown === address) into.replaceChildren(document.importNode(drawing, true));
  } catch {
    delete into.dataset.shown; // the words beside it say the same
    into.hidden = true;
  }
}
