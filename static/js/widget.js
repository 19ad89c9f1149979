// Other sites write: <script async src="https://…/widget.js" data-count="5" data-category="…"></script>
// In its place stands a frame with our coming classes; where the site is not listed, a link to them.
(() => {
  const script = document.currentScript;
  if (!script) return;
  const portal = new URL(script.src);
  const address = new URL("/widget/classes/", portal);
  for (const [name, value] of Object.entries(script.dataset)) address.searchParams.set(name, value);

  const frame = document.createElement("iframe");
  frame.src = address.href;
  frame.title = "职业导师课堂 · 近期课堂";
  frame.width = "100%";
  frame.height = "420";
  frame.style.border = "0";

  const link = document.createElement("a");
  link.href = new URL("/classes/", portal).href;
  link.textContent = "职业导师课堂：查看近期课堂";

  let isShown = false;
  addEventListener("message", (event) => {
    if (event.origin !== portal.origin || event.source !== frame.contentWindow) return;
    const height = Number(event.data?.mentorPortalHeight);
    if (height > 0 && height < 10000) {
      frame.height = String(Math.ceil(height));
      isShown = true;
    }
  });
  // A frame that the browser refused loads too, and tells nothing.
  frame.addEventListener("load", () => {
    setTimeout(() => {
      if (!isShown) frame.replaceWith(link);
    }, 2000);
  });
  script.after(frame);
})();
