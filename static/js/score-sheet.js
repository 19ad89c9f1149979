// A [data-score-sheet] form: totals as one types, Enter to the next row, saves by itself where it is
// [data-saves-itself] and says whether it did. Without JavaScript the buttons do all.

const SAVE_AFTER = 800;
const FIRST_RETRY = 2000;
const LAST_RETRY = 30000;

const form = document.querySelector("[data-score-sheet]");
const rows = [...form.querySelectorAll("[data-points]")];
const submitButton = form.querySelector("[data-submit]");
const status = form.querySelector("[data-save-status]");

// What a row says, read as the server reads it: full-width digits and 。 too; null where it is no points.
function pointsIn(row) {
  const text = row.value.normalize("NFKC").replace(/。/g, ".").trim();
  if (text === "") return 0;
  if (!/^\d+(\.\d+)?$/.test(text)) return null;
  const points = Number(text);
  return points <= Number(row.dataset.points) && Number.isInteger(points * 2) ? points : null;
}

const sumOf = (some) => some.reduce((sum, row) => sum + (pointsIn(row) || 0), 0);

function count() {
  const inBar = form.querySelectorAll("[data-bar-total]");
  form.querySelectorAll("[data-group]").forEach((group, place) => {
    const sum = sumOf([...group.querySelectorAll("[data-points]")]);
    group.querySelector("[data-group-total]").textContent = sum;
    if (inBar[place]) inBar[place].textContent = sum;
  });
  form.querySelector("[data-total]").textContent = sumOf(rows);
}

// A row that was wrong and is right now no longer says so; a wrong one is marked once it is left.
function mark(row) {
  const isWrong = pointsIn(row) === null;
  row.closest(".sheet-row").classList.toggle("field--wrong", isWrong);
  row.setAttribute("aria-invalid", String(isWrong));
  const told = row.closest(".sheet-row").querySelector(".sheet-row__errors");
  if (told && !isWrong) told.hidden = true;
}

function goOn(event) {
  const place = rows.indexOf(event.target);
  if (event.key !== "Enter" || event.isComposing || place < 0) return;
  event.preventDefault();
  const next = event.shiftKey ? rows[place - 1] : rows[place + 1] || submitButton;
  if (!next) return;
  next.focus();
  if (next.select) next.select();
}

let waiting = 0;
let isDirty = false;
let isOver = !("savesItself" in form.dataset);
let running = null;
let retryAfter = FIRST_RETRY;

function say(words, isTrouble) {
  status.textContent = words;
  status.classList.toggle("sheet-bar__trouble", Boolean(isTrouble));
}

const request = (extra) => fetch(form.action, {
  method: "POST",
  body: new FormData(form),
  headers: { Accept: "application/json" },
  credentials: "same-origin",
  redirect: "manual",
  ...extra,
});

function plan(after) {
  clearTimeout(waiting);
  if (!isOver) waiting = setTimeout(save, after);
}

function stop(words) {
  isOver = true;
  say(words, true);
}

function take(answer) {
  if (answer.revision !== undefined) form.elements.revision.value = answer.revision;
  if (answer.is_over) stop(`没有保存：${answer.refused}`);
  else if (answer.refused) say(`其他的已保存 ${answer.saved_at}，但${answer.refused}`, true);
  else say(`已保存 ${answer.saved_at}`);
}

async function send() {
  isDirty = false;
  try {
    const response = await request();
    if (response.status >= 500) throw new Error(String(response.status));
    const isJson = (response.headers.get("Content-Type") || "").startsWith("application/json");
    if (!isJson) return stop("没有保存：登录可能已经过期，请记下所填内容，刷新页面后再填。");
    take(await response.json());
    retryAfter = FIRST_RETRY;
  } catch {
    isDirty = true;
    say("保存失败，正在重试…", true);
    plan(retryAfter);
    retryAfter = Math.min(retryAfter * 2, LAST_RETRY);
  }
}

// One save at a time: the next one must know the revision that this one brings.
async function save() {
  clearTimeout(waiting);
  if (running || isOver) return;
  running = send();
  await running;
  running = null;
  if (isDirty && retryAfter === FIRST_RETRY) plan(SAVE_AFTER);
}

form.addEventListener("keydown", goOn);
form.addEventListener("input", (event) => {
  if (rows.includes(event.target)) count();
  if (event.target.getAttribute("aria-invalid") === "true") mark(event.target);
  isDirty = true;
  plan(SAVE_AFTER);
});
form.addEventListener("change", (event) => {
  if (rows.includes(event.target)) mark(event.target);
});

// A button waits for the save that is on its way, so that the form knows its revision.
form.addEventListener("submit", async (event) => {
  clearTimeout(waiting);
  if (!running) {
    isDirty = false;
    return;
  }
  event.preventDefault();
  event.stopPropagation();
  const button = event.submitter || submitButton;
  await running;
  clearTimeout(waiting);
  button.click();
});

// Who leaves in the middle leaves what was typed behind.
window.addEventListener("pagehide", () => {
  if (isDirty && !isOver && !running) request({ keepalive: true }).catch(() => {});
});

count();
