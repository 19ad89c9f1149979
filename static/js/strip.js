// Brings the chosen item of a [data-strip] (a row that scrolls sideways) into view.

function reveal(root) {
  root.querySelectorAll("[data-strip]").forEach((strip) => {
    const chosen = strip.querySelector("[aria-current]");
    if (!chosen) return;
    const left = chosen.getBoundingClientRect().left - strip.getBoundingClientRect().left;
    strip.scrollLeft += left - (strip.clientWidth - chosen.offsetWidth) / 2;
  });
}

reveal(document);
document.body.addEventListener("htmx:afterSettle", () => reveal(document));
