import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";
import type { Page } from "@playwright/test";
import type { AxeResults, RunOptions } from "axe-core";
import { PAGES, ROLES } from "./pages";
import { expect, test } from "./people";

/** Bytes after gzip. */
const PAGE = 50 * 1024;
const SCRIPT = 60 * 1024;
const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

for (const { path, link, roles } of PAGES) {
  const named = link ? `what ${path} leads to by ${link}` : path;
  test(`${named} is small, fits, and can be read by everybody`, async ({ as }) => {
    test.setTimeout(60_000 + 15_000 * roles.length);
    const faults: string[] = [];
    const judged = new Set<string>();
    for (const role of roles) {
      const page = await as(role);
      const where = link ? await target(page, path, link) : path;
      const answer = await page.goto(where);
      const size = gzipSync((await answer?.body()) ?? "").length;
      expect.soft(answer?.status(), `${role} ${where}`).toBe(200);
      expect.soft(size, `${role} ${where}: bytes`).toBeLessThan(PAGE);
      for (const size of [PHONE, WIDE]) {
        await page.setViewportSize(size);
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        expect
          .soft(width, `${role} ${where}: wider than the window`)
          .toBeLessThanOrEqual(size.width);
      }
      // What is built of the same kinds of elements is judged once.
      const kinds = await page.evaluate<string>(KINDS);
      if (!judged.has(kinds)) faults.push(...(await judge(page, `${role} ${where}`)));
      judged.add(kinds);
      await page.close();
    }
    expect(faults).toEqual([]);
  });
}

/** The elements of a page by tag, classes, names of attributes, and what they stand in. */
const KINDS = `(() => {
  const kind = (one) => one.tagName + "." + one.className + "/" + one.getAttributeNames().sort();
  const all = [...document.querySelectorAll("body *")];
  return [...new Set(all.map((one) => kind(one.parentElement) + ">" + kind(one)))].sort().join(" ");
})()`;

/** The first address that a page leads to by a link. */
async function target(page: Page, path: string, link: string): Promise<string> {
  await page.goto(path);
  return (await page.locator(link).first().getAttribute("href")) ?? "";
}

/** What is wrong with the page that is shown, at both widths, light and dark. */
async function judge(page: Page, where: string): Promise<string[]> {
  const faults: string[] = [];
  for (const size of [WIDE, PHONE]) {
    await page.setViewportSize(size);
    // As high as the page: bars that stay in sight hide nothing then.
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    await page.setViewportSize({ width: size.width, height });
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      const rules = colorScheme === "light" ? undefined : ["color-contrast"];
      const found = await axe(page, rules);
      faults.push(...found.map((one) => `${where} ${size.width} ${colorScheme}: ${one}`));
    }
  }
  return faults;
}

async function axe(page: Page, rules?: string[]): Promise<string[]> {
  // Not by a tag: the policy of the page forbids what is not the server's.
  if (!(await page.evaluate("'axe' in window"))) await page.evaluate(AXE);
  const options: RunOptions = {
    runOnly: rules ? { type: "rule", values: rules } : { type: "tag", values: TAGS },
    resultTypes: ["violations"],
  };
  const { violations } = (await page.evaluate(
    (options) => (window as unknown as { axe: typeof import("axe-core") }).axe.run(options),
    options,
  )) as AxeResults;
  return violations.map(({ id, nodes }) => {
    const places = nodes.slice(0, 3).map((node) => `${node.target} ${node.failureSummary}`);
    return `${id} (${nodes.length}): ${places.join("; ")}`;
  });
}

test("the script is small, and stays in a browser for as long as it is the same", async ({
  as,
}) => {
  const page = await as("director");
  const [script] = await Promise.all([
    page.waitForResponse((answer) => answer.url().includes("/assets/app.js")),
    page.goto("/board"),
  ]);
  expect(script.status()).toBe(200);
  expect(script.url()).toMatch(/\?v=[0-9a-f]{16}$/);
  expect(script.headers()["cache-control"]).toBe("public, max-age=31536000, immutable");
  expect(gzipSync(await script.body()).length).toBeLessThan(SCRIPT);
});

const NAV = /<nav (?:class="pages" )?aria-label="(?:Разделы|Страницы раздела)">(.*?)<\/nav>/gs;

for (const role of ROLES) {
  test(`${role} opens no page that is not for them, and none is forgotten here`, async ({ as }) => {
    const { request } = await as(role);
    const own = PAGES.filter(({ roles }) => roles.includes(role)).map(({ path }) => path);
    for (const { path, link } of PAGES) {
      if (link) continue;
      const answer = await request.get(path);
      expect.soft(answer.status(), path).toBe(own.includes(path) ? 200 : 403);
      for (const [nav] of (await answer.text()).matchAll(NAV)) {
        for (const [, href] of nav.matchAll(/href="([^"]*)"/g)) expect.soft(own).toContain(href);
      }
    }
  });
}
