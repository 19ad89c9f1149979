// Gives the boxes that select2 draws the names of their fields, which it leaves out for screen readers.
"use strict";

(() => {
  const labelOf = (id) => document.querySelector(`label[for="${CSS.escape(id)}"]`);

  const nameSearch = (box) => {
    const id = (box.getAttribute("aria-controls") || "").match(/^select2-(.+)-results$/)?.[1];
    const select = id ? document.getElementById(id) : box.closest(".select2-container")?.previousElementSibling;
    const label = select && labelOf(select.id);
    if (label) box.setAttribute("aria-label", label.textContent.trim());
  };

  const nameChoice = (shown) => {
    const label = labelOf(shown.id.replace(/^select2-(.+)-container$/, "$1"));
    if (!label) return;
    label.id ||= `${shown.id}-label`;
    shown.setAttribute("aria-label", label.textContent.trim());
    shown.closest(".select2-selection").setAttribute("aria-labelledby", `${label.id} ${shown.id}`);
  };

  const nameAll = () => {
    document.querySelectorAll(".select2-search__field:not([aria-label])").forEach(nameSearch);
    document.querySelectorAll(".select2-selection__rendered[role=textbox]:not([aria-label])").forEach(nameChoice);
  };

  document.addEventListener("DOMContentLoaded", () => {
    nameAll();
    new MutationObserver(nameAll).observe(document.body, { childList: true, subtree: true });
  });
})();
