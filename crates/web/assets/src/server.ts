import { say } from "./words";

/** A page as the server gave it. */
export interface Answer {
  /** Where it was found after all redirects. */
  url: URL;
  /** Whether there were any: what was sent was done, and this is the page to go on with. */
  redirected: boolean;
  page: Document;
  main: Element;
}

/** Why there is no page, in words for the reader. */
export class Trouble extends Error {}

/** The session is over. */
export class LoggedOut extends Trouble {}

/** Milliseconds after which nobody waits any longer. */
const PATIENCE = 30_000;

/** Asks for a page. What goes wrong is a `Trouble`, or the abort of `signal`. */
export async function ask(url: string | URL, init: RequestInit = {}): Promise<Answer> {
  const { answer, text } = await reach(url, init);
  const page = new DOMParser().parseFromString(text, "text/html");
  const main = page.querySelector("main");
  const found = new URL(answer.url);
  if (!main) throw new Trouble(say("trouble-server"));
  if (answer.redirected && found.pathname === "/login") throw new LoggedOut(say("trouble-login"));
  // A form with its faults is a page to be shown.
  if (main.querySelector("[data-problem]")) throw new Trouble(problem(main));
  return { url: found, redirected: answer.redirected, page, main };
}

/** Asks for a part of a page, which comes without the rest. */
export async function askPart(url: string | URL, init: RequestInit = {}): Promise<Element> {
  const { answer, text } = await reach(url, init);
  const page = new DOMParser().parseFromString(text, "text/html");
  const part = page.body.firstElementChild;
  if (!part || !answer.ok) throw new Trouble(say("trouble-server"));
  return part;
}

async function reach(url: string | URL, init: RequestInit) {
  const late = AbortSignal.timeout(PATIENCE);
  const signal = init.signal ? AbortSignal.any([late, init.signal]) : late;
  try {
    const answer = await fetch(url, { ...init, headers: { Accept: "text/html" }, signal });
    return { answer, text: await answer.text() };
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new Trouble(say(late.aborted ? "trouble-late" : "trouble-network"));
  }
}

/** What the page of a problem says. */
function problem(main: Element): string {
  const said = [...main.querySelectorAll("h1, p")].slice(0, 2);
  const texts = said.map((one) => one.textContent?.trim().replace(/\.$/, "") ?? "");
  return `${texts.join(". ")}.`;
}
