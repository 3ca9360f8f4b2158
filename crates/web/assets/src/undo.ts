/** Seconds for which the server lets what was done be taken back. */
const SECONDS = 10;

/** Shows for how long something can still be undone (`data-undo`), and takes the form away after that. */
export function counting(form: HTMLFormElement): void {
  const button = form.querySelector("button");
  if (!button || button.querySelector("span")) return;
  const left = document.createElement("span");
  // Told once a second it would drown everything else.
  left.ariaHidden = "true";
  button.append(" ", left);
  const until = performance.now() + SECONDS * 1000;
  const tick = () => {
    const seconds = Math.ceil((until - performance.now()) / 1000);
    left.textContent = `${Math.max(seconds, 0)} с`;
    if (seconds > 0 && left.isConnected) return;
    clearInterval(timer);
    const had_focus = form.contains(document.activeElement);
    if (left.isConnected) form.remove();
    if (had_focus) document.querySelector("main")?.focus({ preventScroll: true });
  };
  const timer = setInterval(tick, 500);
  tick();
}
