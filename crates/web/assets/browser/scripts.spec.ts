import type { Page } from "@playwright/test";
import { expect, finding, test } from "./people";

test("a deed changes the row and leaves the reader where they are", async ({ as }) => {
  const page = await as("employee");
  await page.goto("/mine");
  const id = finding("row");
  const other = finding("typing");
  // Something half written in another row stays.
  await page.locator(`#f-${other} summary`, { hasText: "Оспорить" }).click();
  await page.locator(`#f-${other} textarea`).fill("Недописанное");
  const loads: string[] = [];
  page.on("framenavigated", (frame) => loads.push(frame.url()));
  await page.locator(`#f-${id}`).getByRole("button", { name: "Клиент" }).click();
  await expect(page.locator(".told")).toContainText("Признано, причина «Клиент»");
  await expect(page.locator("#voice")).toContainText("Признано, причина «Клиент»");
  await expect(page.locator(`#f-${other} textarea`)).toHaveValue("Недописанное");
  await expect(page.locator(`#f-${other} textarea`)).toBeVisible();
  expect(new URL(page.url()).search).toBe("");
  await expect(page.locator("[data-finding]:focus-within")).toHaveCount(1);
  expect(loads.filter((url) => !url.includes("/mine"))).toEqual([]);
});

test("where the network fails, nothing is lost and all can be tried again", async ({
  as,
  complaints,
}) => {
  const page = await as("employee");
  await page.goto("/mine");
  const card = page.locator(`#f-${finding("offline")}`);
  await card.getByText("Оспорить", { exact: true }).click();
  await card.locator("textarea").fill("Связи не было");
  await page.context().setOffline(true);
  await card.getByRole("button", { name: "Отправить на решение" }).click();
  await expect(page.locator("#trouble")).toContainText("Нет связи с сервером");
  await expect(card.locator("textarea")).toHaveValue("Связи не было");
  await page.context().setOffline(false);
  await page.locator("#trouble").getByRole("button", { name: "Повторить" }).click();
  await expect(page.locator(".told")).toContainText("Спор отправлен на решение");
  await expect(page.locator("#trouble")).toHaveCount(0);
  // The browser itself complained that it was offline.
  expect(complaints.splice(0)).toEqual([expect.stringContaining("ERR_INTERNET_DISCONNECTED")]);
});

test("keys work through a list, in any layout, and not while one types", async ({ as }) => {
  const page = await as("employee");
  await page.goto("/mine");
  const rows = page.locator("main [data-finding]:visible");
  await page.keyboard.press("j");
  await expect(rows.nth(0).locator("h3 a")).toBeFocused();
  await russian(page, "KeyJ", "о");
  await expect(rows.nth(1).locator("h3 a")).toBeFocused();
  await page.keyboard.press("k");
  await expect(rows.nth(0).locator("h3 a")).toBeFocused();

  const id = finding("keys");
  const row = page.locator(`#f-${id}`);
  await row.locator("h3 a").focus();
  await page.keyboard.press("d");
  await expect(row.locator("textarea")).toBeFocused();
  await page.keyboard.type("jajc?");
  await expect(row.locator("textarea")).toHaveValue("jajc?");
  await row.locator("h3 a").focus();
  await page.keyboard.press("a");
  await expect(row.locator("[data-choice] button").first()).toBeFocused();
  await page.keyboard.press("3");
  await expect(page.locator(".told")).toContainText("Признано, причина «Клиент»");

  await page.keyboard.press("?");
  const help = page.getByRole("dialog", { name: "Клавиши" });
  await expect(help).toContainText("Признать замечание");
  await help.getByLabel("Клавиши включены").uncheck();
  await page.keyboard.press("Escape");
  await expect(help).toBeHidden();
  const focused = () => page.evaluate(() => document.activeElement?.textContent);
  const before = await focused();
  await page.keyboard.press("j");
  expect(await focused()).toBe(before);
});

test("a row is opened by Enter", async ({ as }) => {
  const page = await as("employee");
  await page.goto("/findings");
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/findings\/.+/);
});

test("filters apply as they are changed, and live in the address", async ({ as }) => {
  const page = await as("director");
  await page.goto("/findings");
  await page.getByLabel("Тяжесть").focus();
  await page.getByLabel("Тяжесть").selectOption("gross");
  await expect(page).toHaveURL(/\/findings\?severity=gross$/);
  await expect(page.locator("main .severity.violation, main .severity.remark")).toHaveCount(0);
  await expect(page.getByLabel("Тяжесть")).toBeFocused();
  await page.goBack();
  await expect(page).toHaveURL(/\/findings$/);
  await expect(page.getByLabel("Тяжесть")).toHaveValue("");
});

/** A key of a Russian layout. */
async function russian(page: Page, code: string, key: string): Promise<void> {
  await page.evaluate(
    ([code, key]) => {
      const event = new KeyboardEvent("keydown", { code, key, bubbles: true, cancelable: true });
      document.activeElement?.dispatchEvent(event);
    },
    [code, key] as const,
  );
}
