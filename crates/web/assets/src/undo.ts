/** Shows for how long something can still be undone, and takes the button away after that. */
export function counting(line: HTMLElement): void {
  const left = line.querySelector("[data-left]");
  const until = performance.now() + Number(line.dataset.undoSeconds) * 1000;
  delete line.dataset.undoSeconds;
  const tick = () => {
    const seconds = Math.ceil((until - performance.now()) / 1000);
    if (!line.isConnected) clearInterval(timer);
    if (left) left.textContent = String(Math.max(seconds, 0));
    if (seconds > 0) return;
    clearInterval(timer);
    line.hidden = true;
  };
  const timer = setInterval(tick, 500);
  tick();
}
