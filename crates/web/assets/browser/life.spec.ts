import type { Page } from "@playwright/test";
import { brought, expect, finding, test } from "./people";

// The same with scripts and without: what scripts do is only quicker.
for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "with scripts" : "without scripts";

  test(`a finding is disputed, softened and counted, ${how}`, async ({ as }) => {
    const id = finding("life", javaScriptEnabled ? 0 : 1);
    const employee = await as("employee", { javaScriptEnabled });
    await employee.goto(`/findings/${id}`);
    await employee.locator("main summary", { hasText: "Оспорить" }).click();
    await employee.getByLabel("Почему замечание неверно").fill("Клиент просил не звонить");
    await employee.getByRole("button", { name: "Отправить на решение" }).click();
    await told(employee, "Спор отправлен на решение");
    await expect(employee.locator(`#f-${id}`)).toContainText("оспорено, ждёт решения");

    const coordinator = await as("coordinator", { javaScriptEnabled });
    await coordinator.goto("/disputes");
    const dispute = coordinator.locator(`#f-${id}`);
    await expect(dispute).toContainText("Клиент просил не звонить");
    await dispute.getByLabel("Почему вы так решили").fill("Просьба есть, но задачи не поставлены");
    await dispute.getByRole("button", { name: "Смягчить" }).click();
    await told(coordinator, "Замечание смягчено");
    await expect(dispute).toHaveCount(0);

    await employee.reload();
    await expect(employee.locator(`#f-${id}`)).toContainText("смягчено после спора");
    const lead = await as("lead", { javaScriptEnabled });
    await lead.goto("/findings?state=partly");
    await expect(lead.locator(`a[href="/findings/${id}"]`)).toBeVisible();
    const director = await as("director", { javaScriptEnabled });
    await director.goto(`/findings/${id}`);
    await expect(director.locator("main")).toContainText("Просьба есть, но задачи не поставлены");
  });

  test(`a finding is acknowledged with its cause and cured, ${how}`, async ({ as }) => {
    const id = finding("cured", javaScriptEnabled ? 0 : 1);
    const employee = await as("employee", { javaScriptEnabled });
    await employee.goto(`/findings/${id}`);
    const card = employee.locator(`#f-${id}`);
    await card.getByRole("button", { name: "Перегрузка" }).click();
    await told(employee, "Признано, причина «Перегрузка»");
    await card.getByRole("button", { name: "Отметить исправленным" }).click();
    await told(employee, "Отмечено исправленным");
    const lead = await as("lead", { javaScriptEnabled });
    await lead.goto(`/findings/${id}`);
    await expect(lead.locator(`#f-${id}`)).toContainText("исправлено");
    await expect(lead.locator("main")).toContainText("Признано, причина «Перегрузка»");
  });
}

test("what a specialist finds is passed on, acknowledged, and seen by the lead", async ({ as }) => {
  const { deal } = brought("by-hand");
  const specialist = await as("specialist");
  await specialist.goto(`/deals/${deal}`);
  // By keys: to the event, then `f`.
  await specialist.locator("[data-event] a.add").first().focus();
  await specialist.keyboard.press("f");
  await specialist.getByLabel("Что не так, коротко").fill("Не спросил о сроке");
  await specialist.getByLabel("Что произошло").fill("Клиент писал, что ему нужно к пятнице");
  await specialist.getByRole("button", { name: "Добавить замечание", exact: true }).click();
  await told(specialist, "");

  const coordinator = await as("coordinator");
  await coordinator.goto("/queue");
  const waiting = coordinator.locator("article", { hasText: "нужно к пятнице" });
  const id = await waiting.getAttribute("data-finding");
  // Until it is passed on it is not for the employee.
  const employee = await as("employee");
  const early = await employee.request.get(`/findings/${id}`);
  expect(early.status()).toBe(404);
  await waiting.locator("h3 a").focus();
  await coordinator.keyboard.press("h");
  await told(coordinator, "");
  await expect(waiting).toHaveCount(0);

  await employee.goto(`/findings/${id}`);
  await expect(employee.locator("main")).toContainText("нужно к пятнице");
  await employee.getByRole("button", { name: "Не знал" }).click();
  await told(employee, "Признано, причина «Не знал»");
  const lead = await as("lead");
  await lead.goto(employee.url());
  await expect(lead.locator("main")).toContainText("Признано, причина «Не знал»");
});

async function told(page: Page, what: string): Promise<void> {
  await expect(page.locator(".told")).toContainText(what);
}
