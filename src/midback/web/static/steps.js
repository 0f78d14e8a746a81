// Shows a long form one part at a time. Without this the whole form stands on the page and works the same.
const form = document.querySelector("form[data-steps]");
const parts = form ? [...form.querySelectorAll("[data-step]")] : [];
if (parts.length > 1) {
  const words = form.dataset;
  const bar = document.createElement("ol");
  bar.className = "stepper";
  const links = parts.map((part, n) => {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "link small";
    button.textContent = part.querySelector("h2").textContent;
    button.addEventListener("click", () => show(n, true));
    item.append(button);
    bar.append(item);
    return item;
  });
  const nav = document.createElement("nav");
  nav.setAttribute("aria-label", words.stepsLabel);
  nav.append(bar);
  form.prepend(nav);
  const end = form.querySelector("[data-steps-end]");
  const back = Object.assign(document.createElement("button"), { type: "button", className: "quiet", textContent: words.stepsBack });
  const next = Object.assign(document.createElement("button"), { type: "button", className: "big", textContent: words.stepsNext });
  end.prepend(back, next);
  const send = end.querySelector("[data-steps-send]");
  let at = 0;
  const show = (n, focus) => {
    // A field that does not fit must not hide on a part that is out of sight.
    const faulty = [...parts[at].querySelectorAll("input, select, textarea")].find((field) => !field.checkValidity());
    if (n > at && faulty) {
      faulty.reportValidity();
      return;
    }
    at = Math.max(0, Math.min(parts.length - 1, n));
    parts.forEach((part, k) => (part.hidden = k !== at));
    links.forEach((item, k) => (k === at ? item.setAttribute("aria-current", "step") : item.removeAttribute("aria-current")));
    back.hidden = at === 0;
    next.hidden = at === parts.length - 1;
    if (words.stepsFirst) send.hidden = at !== parts.length - 1;
    if (focus) {
      const heading = parts[at].querySelector("h2");
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
      form.scrollIntoView({ block: "start" });
    }
  };
  back.addEventListener("click", () => show(at - 1, true));
  next.addEventListener("click", () => show(at + 1, true));
  const wanted = parts.findIndex((part) => part.querySelector("h2").id === location.hash.slice(1));
  show(wanted > 0 ? wanted : 0, false);
}
