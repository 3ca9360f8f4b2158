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

for (const role of ROLES) {
  test(`what ${role} opens is small, fits, and can be read by everybody`, async ({ as }) => {
    test.slow();
    const page = await as(role);
    const faults: string[] = [];
    for (const { path, link, roles } of PAGES) {
      if (!roles.includes(role)) continue;
      const where = link ? await target(page, path, link) : path;
      const answer = await page.goto(where);
      const size = gzipSync((await answer?.body()) ?? "").length;
      if (answer?.status() !== 200) faults.push(`${where}: ${answer?.status()}`);
      if (size > PAGE) faults.push(`${where}: ${size} bytes`);
      faults.push(...(await judged(page, where)));
    }
    expect(faults).toEqual([]);
  });
}

/** The first address that a page leads to by a link. */
async function target(page: Page, path: string, link: string): Promise<string> {
  await page.goto(path);
  return (await page.locator(link).first().getAttribute("href")) ?? "";
}

/** What is wrong with the page that is shown, at both widths, light and dark. */
async function judged(page: Page, where: string): Promise<string[]> {
  const faults: string[] = [];
  for (const size of [WIDE, PHONE]) {
    await page.setViewportSize(size);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    if (width > size.width) faults.push(`${where}: ${width} wide at ${size.width}`);
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

test("nobody opens a page that is not for them, and none is forgotten here", async ({ as }) => {
  for (const role of ROLES) {
    const page = await as(role);
    for (const { path, link, roles } of PAGES) {
      if (link) continue;
      const answer = await page.request.get(path);
      expect(answer.status(), `${role} ${path}`).toBe(roles.includes(role) ? 200 : 403);
    }
    await page.goto("/me");
    const known = PAGES.filter(({ roles }) => roles.includes(role)).map(({ path }) => path);
    for (const tab of await page.locator(".bar nav a").all()) {
      const href = (await tab.getAttribute("href")) ?? "";
      expect(known, role).toContain(href);
      await page.goto(href);
      for (const within of await page.locator("nav.pages a").all()) {
        expect(known, role).toContain(await within.getAttribute("href"));
      }
      await page.goto("/me");
    }
  }
});
