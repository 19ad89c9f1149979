// Opens a [data-sheet] link in the page's one <dialog>; without dialog support the link just leads to the page.

const sheet = document.getElementById("sheet");
const body = document.getElementById("sheet-body");
let opener = null;

const canOpen = () => sheet && typeof sheet.showModal === "function" && window.htmx;

function open() {
  if (sheet.open) return;
  sheet.showModal();
  document.documentElement.classList.add("sheet-open");
  focusFirst();
}

function focusFirst() {
  const field = body.querySelector("[autofocus], input:not([type=hidden]), textarea, button, a[href]");
  (field || sheet).focus();
}

function onClick(event) {
  const link = event.target.closest("a[data-sheet]");
  const plain = !event.defaultPrevented && event.button === 0
    && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  if (!link || !plain || !canOpen()) return;
  event.preventDefault();
  opener = link;
  window.htmx.ajax("GET", link.href, { target: body, swap: "innerHTML", source: body });
}

// A redirect (to the sign-in page, say) is followed as a page, never shown inside the sheet.
function onBeforeSwap(event) {
  const { target, xhr, requestConfig } = event.detail;
  if (target !== body) return;
  const asked = new URL(requestConfig.path, location.href).pathname;
  const answered = xhr.responseURL ? new URL(xhr.responseURL).pathname : asked;
  if (asked !== answered) {
    event.detail.shouldSwap = false;
    location.assign(xhr.responseURL);
  }
}

// When the fragment cannot be had, the link does what a link does.
function onError(event) {
  if (event.detail.target !== body || sheet.open || !opener) return;
  location.assign(opener.href);
}

function onClose() {
  document.documentElement.classList.remove("sheet-open");
  body.textContent = "";
  if (opener && document.contains(opener)) opener.focus();
  opener = null;
}

// A tap on the darkened page lands on the dialog itself, outside its box.
function isOutside(event) {
  if (event.target !== sheet) return false;
  const box = sheet.getBoundingClientRect();
  return event.clientY < box.top || event.clientY > box.bottom
    || event.clientX < box.left || event.clientX > box.right;
}

if (sheet) {
  document.addEventListener("click", onClick);
  document.body.addEventListener("htmx:beforeSwap", onBeforeSwap);
  document.body.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target !== body) return;
    if (sheet.open) focusFirst();
    else open();
  });
  document.body.addEventListener("htmx:responseError", onError);
  document.body.addEventListener("htmx:sendError", onError);
  sheet.addEventListener("close", onClose);
  sheet.addEventListener("click", (event) => {
    if (!isOutside(event) && !event.target.closest("[data-sheet-close]")) return;
    event.preventDefault();
    sheet.close();
  });
}
