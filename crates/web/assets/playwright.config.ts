import { defineConfig } from "@playwright/test";

/** `cargo test -p svetofor --test browser` starts the server and sets these. */
export const { SVETOFOR_URL, SVETOFOR_WORK = "", CHROMIUM } = process.env;

export default defineConfig({
  testDir: "browser",
  outputDir: `${SVETOFOR_WORK}/failed`,
  globalSetup: "./browser/setup.ts",
  fullyParallel: true,
  workers: 2,
  timeout: 60_000,
  // A machine that runs these is busy with them.
  expect: { timeout: 15_000 },
  forbidOnly: true,
  reporter: "list",
  use: {
    baseURL: SVETOFOR_URL ?? "",
    locale: "ru-RU",
    timezoneId: "Europe/Moscow",
    actionTimeout: 10_000,
    viewport: { width: 1440, height: 900 },
    screenshot: "only-on-failure",
    launchOptions: { executablePath: CHROMIUM ?? "" },
  },
});
