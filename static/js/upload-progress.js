// Shows how far the upload of a form[data-upload] is, in a bar and in words, with a button to call it off.
// htmx sends the form; without JavaScript the browser does. A file that was not what was refused stays chosen.

const MEGABYTE = 1024 * 1024;
const TOLD_EVERY = 10;
const isVideo = (file) => file.type.startsWith("video/") || /\.(mp4|m4v)$/i.test(file.name);

const parts = (form) => ({
  field: form.querySelector("input[type=file]"),
  early: form.querySelector("#upload-early"),
  box: form.querySelector("[data-upload-progress]"),
  bar: form.querySelector("progress"),
  told: form.querySelector("[data-upload-told]"),
});
const formOf = (event) => event.target.closest && event.target.closest("form[data-upload]");

function on(name, act) {
  document.addEventListener(name, (event) => {
    const form = formOf(event);
    if (form) act(form, event);
  });
}

// What is certainly too large is said before it is sent; what the file is, the server looks at.
function tooLarge(form) {
  const { field, early } = parts(form);
  const file = field.files[0];
  const most = file && Number(isVideo(file) ? field.dataset.mostVideoMb : field.dataset.mostMb);
  const isTooLarge = Boolean(file) && file.size > most * MEGABYTE;
  early.hidden = !isTooLarge;
  early.textContent = isTooLarge ? `“${file.name}”超过 ${most} MB，请压缩后再上传。` : "";
  return isTooLarge;
}

function say(form, words) {
  const { told } = parts(form);
  if (told.textContent !== words) told.textContent = words;
}

function show(form, loaded, total) {
  const percent = Math.floor((100 * loaded) / total);
  parts(form).bar.value = percent;
  const rounded = percent - (percent % TOLD_EVERY);
  say(form, percent >= 100 ? "文件已传完，正在检查，请稍候…" : `已上传 ${rounded}%`);
}

function end(form, words) {
  const { box, bar } = parts(form);
  bar.value = 0;
  say(form, words);
  box.hidden = !words;
  box.classList.toggle("upload-progress--over", Boolean(words));
}

on("change", (form, event) => {
  if (event.target.type === "file") tooLarge(form);
});

on("htmx:beforeRequest", (form, event) => {
  if (tooLarge(form)) {
    event.preventDefault();
    parts(form).field.focus();
    return;
  }
  if (!parts(form).field.files.length) return;
  parts(form).box.hidden = false;
  parts(form).box.classList.remove("upload-progress--over");
  show(form, 0, 1);
});

// The answer that comes back is counted too; only what goes out is as large as the file.
on("htmx:xhr:progress", (form, event) => {
  const { loaded, total, lengthComputable } = event.detail;
  const [file] = parts(form).field.files;
  if (lengthComputable && file && total >= file.size) show(form, loaded, total);
});

on("click", (form, event) => {
  if (event.target.closest("[data-upload-cancel]")) window.htmx.trigger(form, "htmx:abort");
});

on("htmx:xhr:abort", (form) => end(form, "已取消，文件没有保存。"));
on("htmx:sendError", (form) => end(form, "网络中断，文件没有保存，请再试一次。"));
on("htmx:responseError", (form) => end(form, "没有上传成功，请稍后再试。"));

let chosen = null;
on("htmx:beforeSwap", (form) => {
  chosen = parts(form).field;
});

document.addEventListener("htmx:afterSwap", () => {
  const form = document.querySelector("form[data-upload]");
  const field = form && parts(form).field;
  if (!field || !chosen || field === chosen) return;
  if (!field.closest(".field--wrong")) field.replaceWith(chosen);
  chosen = null;
});
