import { busily } from "./busy";
import { ask } from "./server";
import { show } from "./show";

/** Milliseconds without a change after which a filter is applied: a date is typed in parts. */
const PAUSE = { date: 700, other: 150 };

let waiting: ReturnType<typeof setTimeout> | undefined;
let asked: AbortController | undefined;

/** Applies filters as they are changed. Their state lives in the address, as without scripts. */
export function filters(): void {
  document.addEventListener("change", (event) => {
    const field = event.target as HTMLInputElement;
    const form = filter(field.form);
    if (!form) return;
    clearTimeout(waiting);
    const pause = field.type === "date" ? PAUSE.date : PAUSE.other;
    waiting = setTimeout(() => go(address(form)), pause);
  });
  document.addEventListener("submit", (event) => {
    const form = filter(event.target as HTMLFormElement);
    if (!form) return;
    event.preventDefault();
    clearTimeout(waiting);
    go(address(form));
  });
  addEventListener("popstate", () => look(new URL(location.href)));
}

function filter(form: HTMLFormElement | null): HTMLFormElement | null {
  return form?.matches("main form.filter") && form.method === "get" ? form : null;
}

/** Where a filter leads; what says nothing is left out. */
function address(form: HTMLFormElement): URL {
  const url = new URL(form.getAttribute("action") ?? location.pathname, location.href);
  url.search = "";
  for (const [name, value] of new FormData(form)) {
    if (value) url.searchParams.append(name, String(value));
  }
  return url;
}

function go(url: URL): void {
  if (url.href === location.href) return;
  look(url).then((is_shown) => is_shown && history.pushState(null, "", url));
}

async function look(url: URL): Promise<boolean> {
  asked?.abort();
  asked = new AbortController();
  const { signal } = asked;
  let is_shown = false;
  await busily(async () => {
    show(await ask(url, { signal }));
    is_shown = true;
  });
  return is_shown;
}
