import { writeFileSync } from "node:fs";
import { type APIRequestContext, request } from "@playwright/test";
import { SVETOFOR_URL, SVETOFOR_WORK } from "../playwright.config";
import { MARKUP } from "./markup";
import { ACCOUNTS, account, type Case, session } from "./people";

const HOUR = 3_600_000;

/** Deals of the employee's that nobody touched, each for a test of its own. */
const CASES = [
  "life",
  "cured",
  "day",
  "row",
  "half-written",
  "offline",
  "logged-out",
  "slow",
  "keys",
  "keyboard",
  "beside",
  "by-hand",
  "undo",
];

/** Logs everybody in, and brings what the tests are about into the made-up company. */
export default async function setup(): Promise<void> {
  const baseURL = SVETOFOR_URL ?? "";
  for (const { role, login, password } of ACCOUNTS) {
    const visitor = await request.newContext({ baseURL });
    const answer = await visitor.post("/login", { form: { login, password } });
    if (!answer.ok()) throw new Error(`${role} does not get in: ${answer.status()}`);
    await visitor.storageState({ path: session(role) });
    await visitor.dispose();
  }
  const by = (token: string) =>
    request.newContext({ baseURL, extraHTTPHeaders: { Authorization: `Bearer ${token}` } });
  const crm = await by(account("administrator").token);
  const seller = await by(account("employee").token);
  const { employee } = await get(seller, "/api/v1/me");
  const { stages } = await get(crm, "/api/v1/tables");
  const stage = stages.find((one: { kind: string }) => one.kind === "open").stage;

  const deals = [
    ...CASES.map((name) => ({ name, title: `Проба ${name}` })),
    ...MARKUP.map((title, at) => ({ name: `markup-${at}`, title })),
  ];
  const created = Date.now() - 100 * HOUR;
  const events = deals.flatMap(({ name, title }, at) => {
    const event = {
      deal: `browser-${name}`,
      employee,
      stage,
      client: `client-${name}`,
      at: created,
    };
    return [
      { ...event, id: `${name}-1`, kind: "created", text: title, amount: 9e8 - at * 1e6 },
      { ...event, id: `${name}-2`, kind: "message_in", text: title, at: created + HOUR },
    ];
  });
  const sent = await crm.post("/api/v1/events", { data: { events } });
  if (!sent.ok()) throw new Error(await sent.text());

  const cases: Record<string, Case> = {};
  for (const { name, title } of deals) {
    const deal = `browser-${name}`;
    const { items } = await get(seller, `/api/v1/findings?deal=${deal}`);
    // The gravest first, as the list of the day has them.
    const gravest = ["gross", "violation", "remark"].flatMap((severity) =>
      items.filter((one: { severity: string }) => one.severity === severity),
    );
    const findings = gravest.map((one: { id: string }) => one.id);
    if (findings.length === 0) throw new Error(`nothing is found of ${deal}`);
    cases[name] = { deal, title, findings };
  }
  writeFileSync(`${SVETOFOR_WORK}/brought.json`, JSON.stringify(cases));
  await crm.dispose();
  await seller.dispose();
}

async function get(caller: APIRequestContext, path: string) {
  const answer = await caller.get(path);
  if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
  return answer.json();
}
