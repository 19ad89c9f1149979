// In a [data-feedback] form: shows the tags that belong to the chosen level, and marks what an item counts
// as while nothing is chosen for it. Without JavaScript all tags stand there.

const POINTS_A_LEVEL = 5;

function follow(form) {
  const chosen = form.querySelector('input[name="level"]:checked');
  for (const part of form.querySelectorAll("[data-levels]")) {
    part.hidden = !chosen || !part.dataset.levels.split(" ").includes(chosen.value);
    for (const input of part.querySelectorAll("input")) input.disabled = part.hidden;
  }
  const usual = chosen ? String((Number(chosen.value) - 1) * POINTS_A_LEVEL) : null;
  for (const item of form.querySelectorAll(".grades fieldset")) {
    const isOpen = !item.querySelector("input:checked");
    for (const input of item.querySelectorAll("input")) {
      input.parentElement.classList.toggle("choice-chip--usual", isOpen && input.value === usual);
    }
  }
}

for (const form of document.querySelectorAll("[data-feedback]")) {
  follow(form);
  form.addEventListener("change", () => follow(form));
}
