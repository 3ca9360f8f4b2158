import { Idiomorph } from "idiomorph";
import { enhance } from "./enhance";
import { cards, is_shown, opener } from "./rows";
import type { Answer } from "./server";
import { announce } from "./words";

/**
 * Puts a page's main part in place of the one that is shown. What the reader has opened, written
 * and scrolled to stays; `acted` is what the page answers to, and is shown as the server has it.
 */
export function show(answer: Answer, acted?: Element | null): void {
  const main = document.querySelector("main");
  if (!main) return;
  const place = placeOf(acted ?? document.activeElement);
  Idiomorph.morph(main, answer.main.outerHTML, {
    ignoreActiveValue: is_typing(),
    callbacks: {
      beforeNodeMorphed: (old) => !is_unsaved(old) || !!acted?.contains(old),
      beforeAttributeUpdated: (name, node) => name !== "open" || !!acted?.contains(node),
    },
  });
  document.title = answer.page.title;
  const next = ".menu input[name=next]";
  const [old, now] = [document, answer.page].map((page) =>
    page.querySelector<HTMLInputElement>(next),
  );
  if (old && now) old.value = now.value;
  enhance(main);
  tell(main);
  if (place) goBack(place);
}

/** Whether somebody has written something there that the server does not have. */
function is_unsaved(node: Node): boolean {
  return node instanceof HTMLTextAreaElement && node.value !== node.defaultValue;
}

/** Whether the reader is in a field that is filled in bit by bit. */
function is_typing(): boolean {
  return document.activeElement?.matches("textarea, input:not([type=checkbox])") ?? false;
}

/** What was done is heard once, not once more because its line is new on the page. */
function tell(main: Element): void {
  const line = main.querySelector("[role=status]");
  line?.removeAttribute("role");
  if (line) announce(line.textContent?.trim() ?? "");
}

/** Where the reader is in a list. */
interface Place {
  top: number;
  /** The row, then those below it, then those above it. */
  ids: string[];
}

function placeOf(element: Element | null): Place | undefined {
  const row = element?.closest<HTMLElement>("[data-finding]");
  if (!row) return undefined;
  const all = cards();
  const at = all.indexOf(row);
  const order = [...all.slice(at), ...all.slice(0, Math.max(at, 0)).reverse()];
  return {
    top: row.getBoundingClientRect().top,
    ids: order.map((card) => card.dataset.finding ?? ""),
  };
}

/** The reader's row where it was, or the next one in its place. */
function goBack(place: Place): void {
  const active = document.activeElement;
  if (active instanceof HTMLElement && active !== document.body && is_shown(active)) return;
  const shown = new Map(cards().map((card) => [card.dataset.finding ?? "", card]));
  const row = place.ids.map((id) => shown.get(id)).find((card) => card);
  if (!row) {
    document.querySelector<HTMLElement>("main")?.focus({ preventScroll: true });
    return;
  }
  opener(row).focus({ preventScroll: true });
  scrollBy({ top: row.getBoundingClientRect().top - place.top, behavior: "instant" });
}
