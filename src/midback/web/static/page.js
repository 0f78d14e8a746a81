// Small comforts of several pages; each page works without them.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
// A chosen filter is applied at once.
for (const form of document.querySelectorAll("form[data-autosubmit]")) {
  form.addEventListener("change", (event) => {
    if (event.target.matches("select, input[type=checkbox], input[type=radio]")) form.requestSubmit();
  });
}
// Escape and a click elsewhere close the menu.
const menu = document.querySelector("details.more");
if (menu) {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  document.addEventListener("click", (event) => {
    if (menu.open && !menu.contains(event.target)) menu.open = false;
  });
}
// "None of these" answers what is still open in its group with no; an answer that was given stays.
for (const button of document.querySelectorAll("[data-all-no]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    for (const question of button.closest("section").querySelectorAll("fieldset")) {
      if (!question.querySelector("input:checked")) question.querySelector("input[value=no]").checked = true;
    }
  });
}
// What is worn has an end: then the page says so aloud, in its title and with a tone, wherever it lies open.
const worn = document.querySelector("[data-wear-until]");
if (worn) {
  const left = Date.parse(worn.dataset.wearUntil) - Date.now();
  const remind = async () => {
    const said = document.createElement("b");
    said.setAttribute("role", "alert");
    said.textContent = worn.dataset.wearSays;
    worn.before(said);
    document.title = `${worn.dataset.wearSays} ${document.title}`;
    if (worn.dataset.sound === "silent") return;
    const { sound, wake } = await import("./sound.js");
    wake();
    sound("end");
  };
  if (left > 0) setTimeout(remind, left);
}
