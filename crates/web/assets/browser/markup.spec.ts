import { MARKUP } from "./markup";
import { brought, expect, test } from "./people";

/** What turns texts around or hides in them. */
const HIDDEN = /[\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFEFF]/;

test("texts of the CRM do nothing and are shown as they are", async ({ as }) => {
  const employee = await as("employee");
  for (const [at, title] of MARKUP.entries()) {
    const { deal, findings } = brought(`markup-${at}`);
    const plain = title.replace(new RegExp(HIDDEN, "g"), "");
    for (const path of [`/deals/${deal}`, `/findings/${findings[0]}`, `/mine`]) {
      await employee.goto(path);
      expect(await employee.evaluate("window.harmed"), path).toBeUndefined();
      const main = employee.locator("main");
      await expect(main.locator("script, img, template, iframe, [onload], [onerror]")).toHaveCount(
        0,
      );
      expect(await main.locator("a[href^='javascript:' i]").count()).toBe(0);
      const text = await main.textContent();
      expect(text).not.toMatch(HIDDEN);
      if (path !== "/mine") expect(text, path).toContain(plain);
    }
  }
});
