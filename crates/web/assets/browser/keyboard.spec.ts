import type { Page } from "@playwright/test";
import { account, expect, finding, test } from "./people";

// Nothing here touches the page but by keys.

test("a day by keyboard alone", async ({ page }) => {
  const { login, password } = account("employee");
  await page.goto("/login");
  await page.keyboard.type(login);
  await page.keyboard.press("Tab");
  await page.keyboard.type(password);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/mine$/);

  // Past the way around, to what the page is about.
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "К содержанию" })).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page.locator("main")).toBeFocused();

  const row = page.locator(`#f-${finding("keyboard")}`);
  await walk(page, "j", `#f-${finding("keyboard")} h3 a`);
  await page.keyboard.press("Tab");
  await walk(page, "Tab", `#f-${finding("keyboard")} button[value='acknowledge:client']`);
  await page.keyboard.press("Enter");
  await expect(page.locator(".told")).toContainText("Признано, причина «Клиент»");
  await expect(row).toBeHidden();

  await page.reload();
  await walk(page, "Tab", "details.menu summary");
  await page.keyboard.press("Enter");
  await walk(page, "Tab", "form[action='/logout'] button");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/login/);
});

/** Presses a key until something has the focus, which is always to be seen. */
async function walk(page: Page, key: string, to: string): Promise<void> {
  const target = page.locator(to);
  for (let steps = 0; steps < 60; steps++) {
    await page.keyboard.press(key);
    const outline = await page.evaluate(() => {
      const active = document.activeElement ?? document.body;
      return active === document.body ? "solid" : getComputedStyle(active).outlineStyle;
    });
    expect(outline).not.toBe("none");
    if (await target.evaluate((one) => one === document.activeElement)) return;
  }
  throw new Error(`${key} does not lead to ${to}`);
}
