/** Lists through which a reader walks by keys. */

/** Whether it takes up room on the page. */
export function is_shown(element: Element): boolean {
  return element.checkVisibility();
}

/** The rows of the page that are shown, in order. */
export function cards(): HTMLElement[] {
  const all = document.querySelectorAll<HTMLElement>("main [data-finding], main [data-row]");
  return [...all].filter(is_shown);
}

/** The link by which a row is opened, else the row; it has the focus while the reader is there. */
export function opener(row: HTMLElement): HTMLElement {
  const link = row.querySelector<HTMLElement>("h3 a, .what a, th a, a");
  if (!link) row.tabIndex = -1;
  return link ?? row;
}

/** The row in which the reader is. */
export function current(): HTMLElement | null {
  const active = document.activeElement;
  return active?.closest<HTMLElement>("[data-finding], [data-row]") ?? null;
}
