// In a [data-feedback] form: shows the tags that belong to the chosen level, and marks what an item counts
// as while nothing is chosen for it. Without JavaScript all tags stand there.

function follow(form) {
  const chosen = form.querySelector('input[name="level"]:checked');
  for (const part of form.querySelectorAll("[data-levels]")) {
    part.hidden = !chosen || !part.dataset.levels.split(" ").includes(chosen.value);
    for (const input of part.querySelectorAll("input")) input.disabled = part.hidden;
  }
  // Levels and grades both stand from the best to the worst.
  const usual = [...form.querySelectorAll('input[name="level"]')].indexOf(chosen);
  for (const item of form.querySelectorAll(".grades fieldset")) {
    const isOpen = !item.querySelector("input:checked");
    item.querySelectorAll("input").forEach((input, place) => {
      input.parentElement.classList.toggle("choice-chip--usual", isOpen && place === usual);
    });
  }
}

for (const form of document.querySelectorAll("[data-feedback]")) {
  follow(form);
  form.addEventListener("change", () => follow(form));
}
