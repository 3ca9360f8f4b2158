/** What the scripts say, in the reader's language; the server puts it into every page. */
export function say(name: string): string {
  const words = document.querySelector<HTMLTemplateElement>("#words");
  const word = words?.content.querySelector(`[data-word="${name}"]`);
  return word?.textContent ?? "";
}

/** Lets those hear who do not see what changed. */
export function announce(text: string): void {
  const voice = document.querySelector("#voice");
  if (voice) voice.textContent = text;
}
