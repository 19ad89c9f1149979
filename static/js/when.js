// Shows a [data-when="name=value"] only while that radio of its form is chosen; without JavaScript it always stands there.

function follow(part) {
  const [name, value] = part.dataset.when.split("=");
  const chosen = part.closest("form").querySelector(`input[name="${name}"]:checked`);
  part.hidden = !chosen || chosen.value !== value;
}

document.querySelectorAll("[data-when]").forEach(follow);
document.addEventListener("change", () => document.querySelectorAll("[data-when]").forEach(follow));
