import type { Page } from "@playwright/test";
import { expect, finding, logIn, test } from "./people";

test("a deed changes the row and leaves the reader where they are", async ({ as }) => {
  const page = await as("employee");
  await page.goto("/mine");
  const id = finding("row");
  const other = finding("half-written");
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

test("what was done can be undone for ten seconds", async ({ as }) => {
  const page = await as("employee");
  await page.goto("/mine");
  const row = page.locator(`#f-${finding("undo")}`);
  const undo = page.getByRole("button", { name: "Отменить" });
  await row.getByRole("button", { name: "Клиент" }).click();
  await expect(row).toBeHidden();
  await expect(undo).toBeVisible();
  await page.keyboard.press("u");
  await expect(row).toBeVisible();
  await expect(undo).toHaveCount(0);
  await row.getByRole("button", { name: "Другое" }).click();
  await expect(undo).toBeVisible();
  await expect(undo).toHaveCount(0, { timeout: 30_000 });
  await expect(page.locator(".told")).toContainText("Признано, причина «Другое»");
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

test("whoever was logged out comes in again, and their words are still there", async ({ as }) => {
  const page = await as("employee");
  await page.goto("/mine");
  const card = page.locator(`#f-${finding("logged-out")}`);
  await card.locator("summary", { hasText: "Оспорить" }).click();
  await card.locator("textarea").fill("Долго думал");
  await page.context().clearCookies();
  await card.getByRole("button", { name: "Отправить на решение" }).click();
  await expect(page.locator("#trouble")).toContainText("Вы вышли из программы");
  const [door] = await Promise.all([
    page.waitForEvent("popup"),
    page.locator("#trouble").getByRole("link", { name: "Войти" }).click(),
  ]);
  await logIn(door, "employee");
  await door.waitForURL(/\/mine$/);
  await door.close();
  await expect(card.locator("textarea")).toHaveValue("Долго думал");
  await page.locator("#trouble").getByRole("button", { name: "Повторить" }).click();
  await expect(page.locator(".told")).toContainText("Спор отправлен на решение");
});

test("while the server thinks the page says that it is busy, and nothing is done twice", async ({
  as,
}) => {
  const page = await as("employee");
  await page.goto("/mine");
  let sent = 0;
  await page.route("**/findings/*", async (route) => {
    sent += 1;
    await new Promise((go) => setTimeout(go, 1000));
    await route.continue();
  });
  const button = page.locator(`#f-${finding("slow")} button[value='acknowledge:process']`);
  await button.click();
  await expect(page.locator("main")).toHaveAttribute("aria-busy", "true");
  await button.click();
  await expect(page.locator(".told")).toContainText("Признано, причина «Процесс»");
  await expect(page.locator("main")).not.toHaveAttribute("aria-busy");
  expect(sent).toBe(1);
});

test("what a lead opens from the list stands beside it, where there is room", async ({ as }) => {
  const page = await as("lead");
  await page.goto("/group");
  const id = finding("beside");
  await page.locator(`#f-${id} h3 a`).click();
  const pane = page.getByRole("complementary", { name: "Открытое" });
  await expect(pane).toContainText("Проба beside");
  await expect(page.locator(`#f-${id}`)).toBeInViewport();
  await pane.locator("a[href^='/deals/']").click();
  await expect(pane).toContainText("Что происходило");
  await page.locator(`#f-${id} h3 a`).focus();
  await page.keyboard.press("j");
  await expect(pane).toContainText("Замечание");
  await expect(page).toHaveURL(/\/group$/);
  await page.keyboard.press("Escape");
  await expect(pane).toHaveCount(0);
  await page.setViewportSize({ width: 1000, height: 800 });
  await page.locator(`#f-${id} h3 a`).click();
  await expect(page).toHaveURL(new RegExp(`/findings/${id}`));
});

test("the address of a page is copied with its filters", async ({ as }) => {
  const page = await as("director", { permissions: ["clipboard-read", "clipboard-write"] });
  await page.goto("/findings?severity=gross");
  await page.locator("details.menu summary").click();
  await page.getByRole("button", { name: "Скопировать ссылку" }).click();
  await expect(page.getByRole("button", { name: "Ссылка скопирована" })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());
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
