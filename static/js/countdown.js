// A [data-countdown="42"] button waits that many seconds and says so; the server keeps the limit in any case.

document.querySelectorAll("[data-countdown]").forEach((button) => {
  const word = button.textContent.trim();
  const ends = Date.now() + Number(button.dataset.countdown) * 1000;

  function tick() {
    const left = Math.ceil((ends - Date.now()) / 1000);
    button.disabled = left > 0;
    button.textContent = left > 0 ? `${left} 秒后可重新获取` : word;
    if (left > 0) setTimeout(tick, 1000 - (Date.now() % 1000));
  }

  if (ends > Date.now()) tick();
});
