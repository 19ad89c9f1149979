// A button with data-copy="ID" copies the text field of that id and says so in [data-copied].

const told = document.querySelector("[data-copied]");

async function copy(field) {
  field.select();
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(field.value);
  } else {
    document.execCommand("copy");
  }
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await copy(document.getElementById(button.dataset.copy));
    told.textContent = "已复制";
  });
}
