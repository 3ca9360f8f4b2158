import { announce, say } from "./words";

/** A button that copies the page's address, in which the state of its filters lives. */
export function copying(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-copy]")) {
    const named = button.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await copy(location.href);
      button.textContent = say("copied");
      announce(say("copied"));
      setTimeout(() => {
        button.textContent = named;
      }, 2000);
    });
  }
}

async function copy(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  // Without TLS a browser has no clipboard for pages, but still knows the old way.
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}
