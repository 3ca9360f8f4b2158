import type { Page } from "@playwright/test";
import { HOME, ROLES, type Role } from "./pages";
import { expect, finding, logIn, logOut, test } from "./people";

/** The main act of each on the page where their day begins. */
const ACTS: Record<Role, (page: Page) => Promise<void>> = {
  employee: async (page) => {
    const card = page.locator(`#f-${finding("day")}`);
    await card.getByRole("button", { name: "Не знал" }).click();
    await expect(page.locator(".told")).toContainText("Признано, причина «Не знал»");
  },
  lead: async (page) => {
    await page.locator("tbody th a").first().click();
    await expect(page.locator("tr.chosen")).toHaveCount(1);
  },
  coordinator: async (page) => {
    await page.getByRole("button", { name: "Передать звеньевому" }).first().click();
    await expect(page.locator(".told")).toBeVisible();
  },
  specialist: async (page) => {
    await page.locator("main td.do button").first().click();
    await expect(page).toHaveURL(/\/deals\//);
    await page.getByRole("button", { name: "Замечаний нет", exact: true }).click();
    await expect(page.locator(".told")).toBeVisible();
  },
  head: follow_a_number,
  director: follow_a_number,
  client_manager: async (page) => {
    await page.getByRole("link", { name: "Регламент" }).click();
    await expect(page.locator("main a[href^='/rules/']").first()).toBeVisible();
  },
  administrator: async (page) => {
    await page.goto("/admin/people/new");
    await page.getByLabel("Логин").fill("newcomer");
    await page.getByLabel("Имя").fill("Новый Человек");
    await page.getByRole("button", { name: "Пригласить и показать ссылку" }).click();
    await expect(page.locator("main")).toContainText("/link/");
  },
  interviewer: change_language,
  shopper: change_language,
};

for (const role of ROLES) {
  test(`the day of ${role}`, async ({ page }) => {
    await logIn(page, role);
    await expect(page).toHaveURL(new RegExp(`${HOME[role]}$`));
    await ACTS[role](page);
    await logOut(page);
    await page.goto(HOME[role]);
    await expect(page).toHaveURL(/\/login/);
  });
}

/** A number leads to a list of as many. */
async function follow_a_number(page: Page): Promise<void> {
  await page.locator("main a[href^='/findings?']").first().click();
  await expect(page).toHaveURL(/\/findings\?/);
  await page.locator("main td.what > a").first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Замечание");
}

async function change_language(page: Page): Promise<void> {
  await page.locator("details.menu summary").click();
  await page.getByRole("button", { name: "English" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await page.locator("details.menu summary").click();
  await page.getByRole("button", { name: "Русский" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "ru");
}
