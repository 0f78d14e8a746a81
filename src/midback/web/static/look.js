// Shows the figure as it would look, before anything is saved.
const frame = document.querySelector("[data-look]");
if (frame) {
  const preview = frame.querySelector("[data-preview]");
  frame.addEventListener("change", async () => {
    const query = new URLSearchParams([...frame.querySelectorAll("select")].map((s) => [s.name, s.value]));
    const answer = await fetch(`/settings/figure.svg?${query}`);
    if (!answer.ok) return;
    const drawn = new DOMParser().parseFromString(await answer.text(), "image/svg+xml").documentElement;
    preview.replaceChildren(document.importNode(drawn, true));
  });
}
