/** Sorting a table by its columns. A sum stays above what it sums up. */

/** By which column a table was sorted last, for when it is shown anew. */
const sorted = new Map<string, { column: number; up: boolean }>();

/** Puts buttons into the heads of a table. */
export function sortable(table: HTMLTableElement): void {
  const heads = [...table.querySelectorAll<HTMLElement>("thead th")];
  heads.forEach((head, column) => {
    if (head.querySelector("button") || !head.textContent?.trim()) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.append(...head.childNodes);
    button.addEventListener("click", () => {
      const now = head.ariaSort;
      // Numbers are looked at from the largest, names from the first.
      const up = now ? now === "descending" : !head.classList.contains("n");
      sorted.set(table.id, { column, up });
      sort(table, heads, column, up);
    });
    head.append(button);
  });
  const last = sorted.get(table.id);
  if (last) sort(table, heads, last.column, last.up);
}

function sort(table: HTMLTableElement, heads: HTMLElement[], column: number, up: boolean): void {
  for (const head of heads) head.removeAttribute("aria-sort");
  heads[column]?.setAttribute("aria-sort", up ? "ascending" : "descending");
  const body = table.tBodies[0];
  if (!body) return;
  const compare = comparing(column, up);
  const blocks = families([...body.rows]);
  for (const block of blocks) block.below.sort(compare);
  blocks.sort((a, b) => compare(a.head, b.head));
  body.append(...blocks.flatMap((block) => [block.head, ...block.below]));
}

interface Family {
  head: HTMLTableRowElement;
  below: HTMLTableRowElement[];
}

/** Each sum with the rows below it; every other row for itself. */
function families(rows: HTMLTableRowElement[]): Family[] {
  const all: Family[] = [];
  for (const row of rows) {
    const last = all.at(-1);
    if (last?.head.matches(".sum") && row.matches(".within")) last.below.push(row);
    else all.push({ head: row, below: [] });
  }
  return all;
}

/** What is not known stands last either way. */
function comparing(column: number, up: boolean) {
  const sign = up ? 1 : -1;
  return (a: HTMLTableRowElement, b: HTMLTableRowElement): number => {
    const [one, other] = [value(a, column), value(b, column)];
    if (one === "" || other === "") return Number(one === "") - Number(other === "");
    if (typeof one === "number" && typeof other === "number") return sign * (one - other);
    return sign * String(one).localeCompare(String(other), document.documentElement.lang);
  };
}

function value(row: HTMLTableRowElement, column: number): string | number {
  const cell = row.cells[column];
  const machine = cell?.dataset.value;
  if (machine === undefined) return cell?.textContent?.trim() ?? "";
  const number = Number(machine);
  return machine === "" || Number.isNaN(number) ? machine : number;
}
