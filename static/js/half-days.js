// Says beside each week of a [data-half-days] grid how many half-days are chosen in it.

document.addEventListener("change", (event) => {
  const week = event.target.closest("[data-half-days] details");
  if (!week) return;
  const chosen = week.querySelectorAll("input:checked").length;
  week.querySelector("[data-count]").textContent = chosen ? `已选 ${chosen}` : "";
});
