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
