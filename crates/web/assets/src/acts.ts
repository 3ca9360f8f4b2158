import { busily } from "./busy";
import { done_beside } from "./pane";
import { ask, LoggedOut } from "./server";
import { show } from "./show";

let doing = false;
/** Whether the reader has been logged out: the forms of the page are of a session that is over. */
let is_stale = false;

/** Sends the deeds of rows without leaving the page. */
export function acts(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    const button = event.submitter as HTMLButtonElement | null;
    const is_deed = button?.name === "do" || form.hasAttribute("data-stay");
    if (!is_deed || form.method !== "post" || !form.closest("main, #pane")) return;
    event.preventDefault();
    // A second click does nothing twice.
    if (!doing) busily(() => send(form, button));
  });
}

async function send(form: HTMLFormElement, button: HTMLButtonElement | null): Promise<void> {
  doing = true;
  try {
    if (is_stale) await renew();
    const to = button?.getAttribute("formaction") ?? form.getAttribute("action") ?? location.href;
    const fields = [...new FormData(form, button)].map(([name, value]) => [name, String(value)]);
    const answer = await ask(to, { method: "POST", body: new URLSearchParams(fields) });
    if (form.closest("#pane")) return await done_beside(answer);
    if (answer.redirected && answer.url.pathname !== location.pathname) {
      location.assign(answer.url);
      return;
    }
    show(answer, form.closest("[data-finding]") ?? form);
    if (answer.redirected) rename(answer.url);
  } catch (error) {
    is_stale ||= error instanceof LoggedOut;
    throw error;
  } finally {
    doing = false;
  }
}

/** Makes the forms of the page those of the session that there is now. */
async function renew(): Promise<void> {
  const { main } = await ask(location.href);
  const token = main.ownerDocument.querySelector<HTMLInputElement>("input[name=form_token]");
  for (const old of document.querySelectorAll<HTMLInputElement>("input[name=form_token]")) {
    old.value = token?.value ?? "";
  }
  is_stale = false;
}

/** What was just done is told once: it does not stay in the address. */
export function rename(url: URL): void {
  for (const name of ["done", "refused", "failed", "undone"]) url.searchParams.delete(name);
  history.replaceState(null, "", url);
}
