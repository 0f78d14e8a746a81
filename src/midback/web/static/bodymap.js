// Lets a tap on the drawn body tick the list beside it. The list alone works without this.
for (const map of document.querySelectorAll("[data-bodymap]")) {
  const boxes = new Map([...map.querySelectorAll("input[type=checkbox]")].map((box) => [box.value, box]));
  const show = (id) => {
    for (const part of map.querySelectorAll(`[data-region="${id}"]`)) part.classList.toggle("on", boxes.get(id).checked);
  };
  for (const [id, box] of boxes) {
    box.addEventListener("change", () => show(id));
    for (const part of map.querySelectorAll(`.part[data-region="${id}"]`)) {
      part.classList.add("can");
      part.addEventListener("click", () => {
        box.checked = !box.checked;
        show(id);
      });
    }
    show(id);
  }
}
