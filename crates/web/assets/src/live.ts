import { Idiomorph } from "idiomorph";
import { busily } from "./busy";
import { enhance } from "./enhance";
import { ask, askPart } from "./server";

/**
 * Forms whose answer is shown while they are filled in: what a limit would change (`data-live`), what
 * is wrong with a text (`data-check`). The form is sent as it stands, and stays as it is.
 */

/** Milliseconds without a change after which a form is sent. */
const PAUSE = 250;

let waiting: ReturnType<typeof setTimeout> | undefined;
let asked: AbortController | undefined;

export function live(): void {
  document.addEventListener("input", (event) => {
    const field = event.target as HTMLInputElement;
    const form = field.form;
    if (form?.matches("main [data-live]")) soon((signal) => refresh(form, signal));
    if (form?.matches("main [data-check]") && field.matches("textarea")) {
      number(form, field.value.split("\n").length);
      soon((signal) => check(form, signal));
    }
  });
  document.addEventListener("change", (event) => {
    const field = event.target as HTMLSelectElement;
    if (field.matches("[data-submits]")) field.form?.requestSubmit();
  });
}

/** Does it when nothing has changed for a while, and lets go of what is under way. */
function soon(work: (signal: AbortSignal) => Promise<void>): void {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    asked?.abort();
    asked = new AbortController();
    const { signal } = asked;
    busily(() => work(signal));
  }, PAUSE);
}

function fields(form: HTMLFormElement): URLSearchParams {
  return new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)]));
}

/** Of the answer the parts marked `data-part` replace those of the same id. */
async function refresh(form: HTMLFormElement, signal: AbortSignal): Promise<void> {
  const url = new URL(form.getAttribute("action") ?? "", location.href);
  url.search = fields(form).toString();
  const { main } = await ask(url, { signal });
  for (const part of document.querySelectorAll("main [data-part]")) {
    const now = main.querySelector(`#${CSS.escape(part.id)}`);
    if (now) Idiomorph.morph(part, now.outerHTML);
  }
  enhance(document.body);
  // The state lives in the address, as without scripts.
  history.replaceState(null, "", url);
}

/** What is said about a text, beside it; the lines with mistakes are marked (`data-marks`). */
async function check(form: HTMLFormElement, signal: AbortSignal): Promise<void> {
  const url = form.dataset.check ?? "";
  const part = await askPart(url, { method: "POST", body: fields(form), signal });
  const old = document.getElementById(part.id);
  if (old) Idiomorph.morph(old, part.outerHTML);
  const marks = new Set((part as HTMLElement).dataset.marks?.split(" "));
  for (const line of form.querySelectorAll(".gutter i")) {
    line.classList.toggle("bad", marks.has(line.textContent ?? ""));
  }
  const bad = marks.size > 1 || !marks.has("");
  form.querySelector("textarea")?.setAttribute("aria-invalid", String(bad));
}

/** Gives the margin of a text as many numbers as it has lines. */
function number(form: HTMLFormElement, lines: number): void {
  const gutter = form.querySelector(".gutter");
  if (!gutter) return;
  while (gutter.childElementCount > lines) gutter.lastElementChild?.remove();
  while (gutter.childElementCount < lines) {
    const line = document.createElement("i");
    line.textContent = String(gutter.childElementCount + 1);
    line.id = `line-${line.textContent}`;
    gutter.append(line);
  }
  const text = form.querySelector("textarea");
  if (text) text.rows = lines;
}
