import { follow } from "./pane";
import { cards, current, is_shown, opener } from "./rows";

const KEPT = "svetofor-keys";

/** Keys for those who work through a list; `?` shows them, and there they can be turned off. */
export function keys(): void {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
    if (is_typing(event.target) || document.querySelector("dialog[open]")) return;
    const key = letter(event);
    if (key !== "?" && !is_on()) return;
    if (press(key)) event.preventDefault();
  });
  const dialog = document.querySelector<HTMLDialogElement>("#keys");
  const box = dialog?.querySelector<HTMLInputElement>("input");
  if (!dialog || !box) return;
  box.checked = is_on();
  box.addEventListener("change", () => localStorage.setItem(KEPT, box.checked ? "on" : "off"));
  for (const button of document.querySelectorAll<HTMLElement>("[data-opens=keys]")) {
    button.hidden = false;
    button.addEventListener("click", help);
  }
}

function is_on(): boolean {
  return localStorage.getItem(KEPT) !== "off";
}

function is_typing(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches("input, textarea, select, [contenteditable]");
}

/** Which key it is: of a Latin layout its letter, of any other the letter in its place. */
function letter(event: KeyboardEvent): string {
  if (event.key === "?" || (event.code === "Slash" && event.shiftKey)) return "?";
  if (event.key === "/" || event.code === "Slash") return "/";
  if (event.shiftKey) return "";
  if (/^[a-z0-9]$/.test(event.key)) return event.key;
  return event.code.startsWith("Key") ? event.code.slice(3).toLowerCase() : "";
}

function press(key: string): boolean {
  if (key === "") return false;
  if (key === "?") return help();
  if (key === "/") return search();
  if (key === "j" || key === "k") return move(key === "j" ? 1 : -1);
  if (/\d/.test(key)) return choose(Number(key));
  const target = wanted(key);
  if (target) use(target);
  return !!target;
}

/** Goes to the next row or to the one before. */
function move(step: number): boolean {
  const all = cards();
  const row = current();
  const at = row ? all.indexOf(row) : -1;
  const inView = all.findIndex((card) => card.getBoundingClientRect().bottom > 0);
  const next = at < 0 ? Math.max(inView, 0) : at + step;
  const to = all[Math.min(Math.max(next, 0), all.length - 1)];
  if (!to) return false;
  const link = opener(to);
  link.focus({ preventScroll: true });
  follow(link);
  to.scrollIntoView({ block: "nearest" });
  return true;
}

/** What the page offers under a key: in the reader's row, else the only one on the page. */
function wanted(key: string): HTMLElement | undefined {
  const selector = `[data-key~="${key}"]`;
  const own = [...(current()?.querySelectorAll<HTMLElement>(selector) ?? [])];
  if (own[0]) return own.find(is_shown) ?? own[0];
  const all = [...document.querySelectorAll<HTMLElement>(selector)].filter(is_shown);
  const alone = all.filter((one) => !one.closest("[data-finding], [data-row]"));
  return alone.length === 1 ? alone[0] : undefined;
}

const FIELDS = "textarea, input:not([type=hidden]), select, button";

function use(target: HTMLElement): void {
  const details = target.closest("details");
  // What a row has folded away is unfolded.
  for (let one = details; one; one = one.parentElement?.closest("details") ?? null) {
    if (one.closest("[data-finding]")) one.open = true;
  }
  if (target.matches("summary") && details) {
    details.open = true;
    details.querySelector<HTMLElement>(FIELDS)?.focus();
  } else if (target.matches("a, button")) {
    target.click();
  } else {
    (target.matches(FIELDS) ? target : target.querySelector<HTMLElement>(FIELDS))?.focus();
  }
}

/** Presses the nth button of the choice that has the focus. */
function choose(nth: number): boolean {
  const choice = document.activeElement?.closest("[data-choice]");
  const button = choice?.querySelectorAll("button")[nth - 1];
  button?.click();
  return !!button;
}

function search(): boolean {
  const fields = [...document.querySelectorAll<HTMLElement>("input[type=search]")];
  const field = fields.find(is_shown);
  field?.focus();
  const link = field ? null : document.querySelector<HTMLElement>('a[href="/search"]');
  link?.click();
  return !!(field ?? link);
}

/** Shows the keys that do something on this page. */
function help(): boolean {
  const dialog = document.querySelector<HTMLDialogElement>("#keys");
  if (!dialog) return false;
  for (const line of dialog.querySelectorAll<HTMLElement>("[data-when]")) {
    line.hidden = !document.querySelector(line.dataset.when ?? "");
  }
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu")) {
    menu.open = false;
  }
  dialog.showModal();
  return true;
}
