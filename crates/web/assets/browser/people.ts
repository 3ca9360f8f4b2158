import { readFileSync } from "node:fs";
import { type BrowserContextOptions, test as base, expect, type Page } from "@playwright/test";
import { SVETOFOR_WORK } from "../playwright.config";
import type { Role } from "./pages";

export { expect };

/** By what somebody comes in. */
export interface Account {
  role: Role;
  login: string;
  password: string;
  token: string;
}

/** Everybody, as the demo wrote them down. */
export const ACCOUNTS: Account[] = JSON.parse(
  readFileSync(`${SVETOFOR_WORK}/accounts.json`, "utf8"),
);

export function account(role: Role): Account {
  const found = ACCOUNTS.find((one) => one.role === role);
  if (!found) throw new Error(`nobody is ${role}`);
  return found;
}

/** Where the session of somebody is kept who has logged in before the tests. */
export function session(role: Role): string {
  return `${SVETOFOR_WORK}/${role}.json`;
}

/** A deal that the tests have brought into the company, with what is found of it. */
export interface Case {
  deal: string;
  title: string;
  findings: string[];
}

/** What the tests have brought, by its name. */
export function brought(name: string): Case {
  const all = JSON.parse(readFileSync(`${SVETOFOR_WORK}/brought.json`, "utf8"));
  return all[name];
}

/** The id of a finding of what the tests have brought. */
export function finding(name: string, nth = 0): string {
  const id = brought(name).findings[nth];
  if (!id) throw new Error(`${name} has no finding ${nth}`);
  return id;
}

interface Fixtures {
  /** What a browser complained of; nothing at the end of a test. */
  complaints: string[];
  /** Opens a page of somebody's who is logged in. */
  as: (role: Role, options?: BrowserContextOptions) => Promise<Page>;
}

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures here.
  complaints: async ({}, use) => {
    const complaints: string[] = [];
    await use(complaints);
    expect(complaints, "errors, or breaches of the content security policy").toEqual([]);
  },
  page: async ({ page, complaints }, use) => {
    hear(page, complaints);
    await use(page);
  },
  as: async ({ browser, complaints }, use) => {
    const open: Page[] = [];
    await use(async (role, options = {}) => {
      const context = await browser.newContext({ storageState: session(role), ...options });
      const page = await context.newPage();
      hear(page, complaints);
      open.push(page);
      return page;
    });
    for (const page of open) await page.context().close();
  },
});

function hear(page: Page, complaints: string[]): void {
  page.on("pageerror", (error) => complaints.push(`${page.url()}: ${error}`));
  page.on("console", (said) => {
    if (["error", "warning"].includes(said.type()))
      complaints.push(`${page.url()}: ${said.text()}`);
  });
  page.on("dialog", (dialog) => {
    complaints.push(`${page.url()}: a dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
}

/** Logs in as people do. */
export async function logIn(page: Page, role: Role): Promise<void> {
  const { login, password } = account(role);
  await page.goto("/login");
  await page.getByLabel("Логин").fill(login);
  await page.getByLabel("Пароль").fill(password);
  await page.getByRole("button", { name: "Войти" }).click();
}

export async function logOut(page: Page): Promise<void> {
  await page.locator("details.menu summary").click();
  await page.getByRole("button", { name: "Выйти" }).click();
  await expect(page).toHaveURL(/\/login/);
}
