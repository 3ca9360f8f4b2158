import { sliding } from "./slider";
import { sortable } from "./sort";
import { counting } from "./undo";

/** Makes what has come onto the page better than it is without scripts. May be done again. */
export function enhance(root: Element): void {
  for (const table of root.querySelectorAll<HTMLTableElement>("table[data-sortable]")) {
    sortable(table);
  }
  for (const number of root.querySelectorAll<HTMLInputElement>("input[data-slider]")) {
    sliding(number);
  }
  for (const form of root.querySelectorAll<HTMLFormElement>("form[data-undo]")) counting(form);
}
