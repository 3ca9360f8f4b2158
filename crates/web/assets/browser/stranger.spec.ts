import { account, expect, test } from "./people";

test("an employee reaches nothing of a colleague", async ({ as }) => {
  const page = await as("employee");
  const own = await page.request.get("/api/v1/me");
  const { employee } = await own.json();
  const bearer = { Authorization: `Bearer ${account("director").token}` };
  const all = await page.request.get("/api/v1/findings?limit=200", { headers: bearer });
  const { items } = await all.json();
  const theirs = items.find(
    (one: { employee?: string; deal?: string }) =>
      one.deal && one.employee && one.employee !== employee,
  );
  expect(theirs).toBeTruthy();
  const { id, deal, employee: colleague } = theirs;
  const people = await page.request.get("/api/v1/tables", { headers: bearer });
  const { employees } = await people.json();
  const { name } = employees.find((one: { id: string }) => one.id === colleague);

  const shut = [
    `/findings/${id}`,
    `/deals/${deal}`,
    "/board",
    "/disputes",
    "/group",
    `/group?employee=${colleague}`,
    `/api/v1/findings/${id}`,
    `/api/v1/findings/${id}/history`,
    `/api/v1/deals/${deal}`,
    "/api/v1/people",
    "/api/v1/tables",
    "/api/v1/journal",
  ];
  for (const path of shut) {
    const answer = await page.request.get(path);
    expect([403, 404], path).toContain(answer.status());
    expect(await answer.text(), path).not.toContain(name);
  }
  const narrowed = [
    `/findings?employee=${colleague}`,
    `/findings?deal=${deal}`,
    `/mine?employee=${colleague}`,
    `/api/v1/findings?employee=${colleague}`,
    `/api/v1/findings?deal=${deal}`,
    "/api/v1/employees",
    "/api/v1/figures",
    `/api/v1/figures?employee=${colleague}`,
  ];
  for (const path of narrowed) {
    const answer = await page.request.get(path);
    const text = await answer.text();
    expect(text, path).not.toContain(id);
    expect(text, path).not.toContain(name);
  }
  // Nor do anything with it, by a form of one's own.
  await page.goto("/mine");
  const form_token = await page.locator("input[name=form_token]").first().inputValue();
  for (const deed of ["acknowledge:client", "cure", "dispute", "decide:dismissed", "reopen"]) {
    const form = { form_token, do: deed, text: "моё" };
    const answer = await page.request.post(`/findings/${id}`, { form });
    expect([403, 404], deed).toContain(answer.status());
  }
});
