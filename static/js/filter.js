// Of the [data-filter] drop-downs one is open at a time; Esc or a tap elsewhere closes it.

const wide = window.matchMedia("(min-width: 992px)");
const opened = () => document.querySelectorAll("details[data-filter][open]");

function closeOthers(kept) {
  opened().forEach((details) => {
    if (details !== kept) details.open = false;
  });
}

document.addEventListener("click", (event) => {
  const kept = event.target.closest("details[data-filter]");
  if (kept || wide.matches) closeOthers(kept);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const [first] = opened();
  if (!first) return;
  closeOthers(null);
  first.querySelector("summary").focus();
});
