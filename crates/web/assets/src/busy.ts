import { LoggedOut, Trouble } from "./server";
import { announce, say } from "./words";

/**
 * Does something that takes a while: meanwhile the page says that it is busy, and where it fails,
 * the reader is told why and may try again. What they wrote stays as it is.
 */
export async function busily(work: () => Promise<void>): Promise<void> {
  const main = document.querySelector("main");
  document.querySelector("#trouble")?.remove();
  main?.setAttribute("aria-busy", "true");
  let aborted = false;
  try {
    await work();
  } catch (error) {
    aborted = error instanceof DOMException && error.name === "AbortError";
    if (!aborted && !(error instanceof Trouble)) throw error;
    if (error instanceof Trouble) complain(error, work);
  } finally {
    // Whoever aborted it is busy now.
    if (!aborted) main?.removeAttribute("aria-busy");
  }
}

function complain(trouble: Trouble, work: () => Promise<void>): void {
  const line = document.createElement("p");
  line.id = "trouble";
  line.className = "told refused";
  const again = document.createElement("button");
  again.type = "button";
  again.className = "small";
  again.textContent = say("again");
  again.addEventListener("click", () => busily(work));
  line.append(trouble.message, " ");
  if (trouble instanceof LoggedOut) line.append(door(), " ");
  line.append(again);
  document.querySelector("main")?.prepend(line);
  announce(trouble.message);
}

/** The way in, which leaves the page where it is. */
function door(): HTMLElement {
  const link = document.createElement("a");
  link.href = "/login";
  link.target = "_blank";
  link.textContent = say("log-in");
  return link;
}
