import { busily } from "./busy";
import { enhance } from "./enhance";
import { current } from "./rows";
import { type Answer, ask } from "./server";
import { show } from "./show";
import { announce, say } from "./words";

/**
 * Beside a list (`data-pane` on the page) what is opened from it, where the window is wide enough.
 * The reader stays in the list; everywhere else such a link leads to its page.
 */

const WIDE = matchMedia("(min-width: 1200px)");
const OPENED = /^\/(findings|deals)\/[^/]+$/;

export function panes(): void {
  document.addEventListener("click", (event) => {
    const { button, ctrlKey, metaKey, shiftKey, altKey } = event;
    if (event.defaultPrevented || button !== 0 || ctrlKey || metaKey || shiftKey || altKey) return;
    const link = (event.target as Element).closest("a");
    if (!link || link.matches("[data-alone]") || !OPENED.test(link.pathname) || !has_room()) return;
    event.preventDefault();
    const pane = document.querySelector<HTMLElement>("#pane");
    if (pane?.dataset.url === link.href) pane.focus();
    else beside(link.href);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !document.querySelector("dialog[open]")) close();
  });
  WIDE.addEventListener("change", close);
}

function has_room(): boolean {
  return WIDE.matches && !!document.querySelector("main [data-pane]");
}

/** Shows beside the list what a row leads to, if something is shown there already. */
export function follow(link: HTMLElement | null): void {
  if (!document.querySelector("#pane") || !(link instanceof HTMLAnchorElement)) return;
  if (OPENED.test(link.pathname)) beside(link.href);
}

let asked: AbortController | undefined;

function beside(url: string): Promise<void> {
  asked?.abort();
  asked = new AbortController();
  const { signal } = asked;
  return busily(async () => fill(await ask(url, { signal })));
}

/** Shows an answer to what was done beside the list, and the list as it is now. */
export async function done_beside(answer: Answer): Promise<void> {
  fill(answer);
  show(await ask(location.href));
}

function fill(answer: Answer): void {
  const pane = document.querySelector<HTMLElement>("#pane") ?? made();
  const content = document.createElement("div");
  content.append(...answer.main.childNodes);
  for (const row of content.querySelectorAll("[data-finding]")) {
    // The row in the list is the one that has the name.
    row.removeAttribute("id");
    row.removeAttribute("data-finding");
  }
  for (const within of content.querySelectorAll("nav.pages")) within.remove();
  const title = content.querySelector("h1");
  const heading = document.createElement("h2");
  heading.append(title?.textContent ?? "");
  title?.replaceWith(heading);
  answer.url.search = "";
  pane.dataset.url = answer.url.href;
  pane.querySelector<HTMLAnchorElement>("a[data-alone]")?.setAttribute("href", answer.url.pathname);
  pane.querySelector("div")?.replaceWith(content);
  pane.scrollTop = 0;
  // The list is narrower now; the reader's row stays in sight.
  current()?.scrollIntoView({ block: "nearest" });
  enhance(content);
  announce(content.querySelector("[role=status]")?.textContent ?? heading.textContent ?? "");
}

function made(): HTMLElement {
  const pane = document.createElement("aside");
  pane.id = "pane";
  pane.tabIndex = -1;
  pane.ariaLabel = say("pane-title");
  const alone = document.createElement("a");
  alone.dataset.alone = "";
  alone.textContent = say("pane-alone");
  const shut = document.createElement("button");
  shut.type = "button";
  shut.className = "small";
  shut.textContent = say("keys-close");
  shut.addEventListener("click", close);
  const bar = document.createElement("p");
  bar.append(alone, shut);
  pane.append(bar, document.createElement("div"));
  document.querySelector("main")?.after(pane);
  return pane;
}

function close(): void {
  const pane = document.querySelector("#pane");
  if (!pane) return;
  const had_focus = pane.contains(document.activeElement);
  const link = [...document.querySelectorAll("main a")].find(
    (one) => one instanceof HTMLAnchorElement && one.href === (pane as HTMLElement).dataset.url,
  );
  pane.remove();
  if (had_focus && link instanceof HTMLElement) link.focus();
}
