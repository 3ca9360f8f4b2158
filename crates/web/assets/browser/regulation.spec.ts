import { expect, test } from "./people";

test("what-if answers as a limit is moved, and its numbers are their lists", async ({ as }) => {
  const page = await as("head");
  await page.goto("/regulation/what-if?rule=first-response");
  await expect(page.getByText("Пока ничего не изменено")).toBeVisible();
  const before = await page.locator("#would-be .card").first().textContent();
  const limit = page.locator("input[data-slider]").first();
  const slider = page.locator("input[type=range]").first();
  await expect(slider).toHaveValue(await limit.inputValue());
  await slider.focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  await expect(limit).toHaveValue("1");
  await expect(page).toHaveURL(/p\.limit=1&/);
  await expect(page.getByText("Пока ничего не изменено")).toBeHidden();
  await expect(slider).toBeFocused();
  const card = page.locator("#would-be .card").first();
  await expect(card).not.toHaveText(before ?? "");
  // The state lives in the address: whoever opens it sees the same.
  const shown = await card.textContent();
  await page.reload();
  await expect(page.locator("#would-be .card").first()).toHaveText(shown ?? "");
  // A number leads to as many findings.
  const gone = page.locator("#would-be .card a[href*='/what-if/findings']").first();
  await gone.click();
  await expect(page.locator("main tbody tr").first()).toBeVisible();
});

test("what-if does without scripts", async ({ as }) => {
  const page = await as("head", { javaScriptEnabled: false });
  await page.goto("/regulation/what-if?rule=first-response");
  await page.locator("input[name='p.limit']").fill("1");
  await page.getByRole("button", { name: "Посчитать" }).click();
  await expect(page).toHaveURL(/p\.limit=1&/);
  await expect(page.getByText("Пока ничего не изменено")).toBeHidden();
});

test("a regulation is looked through as it is written", async ({ as }) => {
  const page = await as("head");
  await page.goto("/regulation/edit");
  const text = page.locator("textarea[name=text]");
  const good = await text.inputValue();
  await expect(page.locator("#checked")).toHaveAttribute("data-marks", "");
  await text.fill(`${good}\n[[rule]]\nuse = "no-such-rule"\n`);
  await expect(page.locator("#checked .mistakes li")).toHaveCount(1);
  await expect(page.locator(".gutter .bad")).toHaveCount(1);
  await expect(text).toHaveAttribute("aria-invalid", "true");
  const lines = (await text.inputValue()).split("\n").length;
  await expect(page.locator(".gutter i")).toHaveCount(lines);
  await text.fill(good);
  await expect(page.locator("#checked .mistakes")).toHaveCount(0);
  await expect(text).toHaveAttribute("aria-invalid", "false");
});
