/** Who comes in, and what each of them opens. */

export const ROLES = [
  "employee",
  "lead",
  "coordinator",
  "specialist",
  "head",
  "director",
  "administrator",
  "client_manager",
  "interviewer",
  "shopper",
] as const;

export type Role = (typeof ROLES)[number];

/** Where the day of each begins. */
export const HOME: Record<Role, string> = {
  employee: "/mine",
  lead: "/group",
  coordinator: "/queue",
  specialist: "/queue/deals",
  head: "/board",
  director: "/board",
  administrator: "/admin",
  client_manager: "/board",
  interviewer: "/me",
  shopper: "/me",
};

interface Opened {
  /** An address, or where one is taken from: a page, and the link on it that is followed. */
  path: string;
  link?: string;
  roles: readonly Role[];
}

const SELLERS: Role[] = ["employee", "lead"];
const DIRECTION: Role[] = ["head", "director"];
const JUDGES: Role[] = ["coordinator", ...DIRECTION];
const OVER_ALL: Role[] = ["specialist", ...JUDGES];
const FIGURES: Role[] = [...OVER_ALL, "client_manager"];
const FINDINGS: Role[] = [...SELLERS, ...OVER_ALL];
const MANAGERS: Role[] = [...DIRECTION, "administrator"];
const SETTINGS: Role[] = [...JUDGES, "administrator"];
const STAFF: Role[] = ["lead", ...FIGURES, "administrator"];
const RULES: Role[] = ["employee", ...STAFF];

/**
 * Every page once; who is not named with one is refused. A page of the way around that is not here
 * fails a test.
 */
export const PAGES: Opened[] = [
  { path: "/me", roles: ROLES },
  { path: "/me/tokens", roles: ROLES },
  { path: "/me/telegram", roles: ROLES },
  { path: "/me/email", roles: ROLES },
  { path: "/me/elsewhere", roles: ROLES },
  { path: "/password", roles: ROLES },
  { path: "/companies", roles: ROLES },
  { path: "/board", roles: FIGURES },
  { path: "/trends", roles: FIGURES },
  { path: "/pipelines", roles: FIGURES },
  { path: "/compare", roles: FIGURES },
  { path: "/deals", roles: [...SELLERS, ...FIGURES] },
  { path: "/funnel", roles: ["lead", ...FIGURES] },
  { path: "/funnel/deals?part=standing", roles: ["lead", ...FIGURES] },
  { path: "/lost", roles: ["lead", ...OVER_ALL] },
  { path: "/reasons", roles: ["lead", ...FIGURES] },
  { path: "/load", roles: ["lead", ...FIGURES] },
  { path: "/speed", roles: ["lead", ...FIGURES] },
  { path: "/group", roles: ["lead"] },
  { path: "/meeting", roles: ["lead", ...JUDGES] },
  { path: "/group", link: "main tbody th small a", roles: ["lead"] },
  { path: "/mine", roles: SELLERS },
  { path: "/month", roles: SELLERS },
  { path: "/calls", roles: SELLERS },
  { path: "/notes", roles: ROLES },
  { path: "/me/telling", roles: ROLES },
  { path: "/unhandled", roles: DIRECTION },
  { path: "/findings", roles: FINDINGS },
  { path: "/findings", link: "main td.what > a", roles: FINDINGS },
  { path: "/findings", link: "main td.what small a", roles: FINDINGS },
  { path: "/queue", roles: JUDGES },
  { path: "/queue/deals", roles: OVER_ALL },
  { path: "/disputes", roles: JUDGES },
  { path: "/exemptions", roles: FINDINGS },
  { path: "/queue/done", roles: OVER_ALL },
  { path: "/queue/time", roles: OVER_ALL },
  { path: "/rules", roles: RULES },
  { path: "/rules/first-response", roles: RULES },
  { path: "/regulation", roles: RULES },
  { path: "/regulation/what-if", roles: [...FIGURES, "administrator"] },
  { path: "/regulation/edit", roles: MANAGERS },
  { path: "/admin", roles: MANAGERS },
  { path: "/admin/people", roles: SETTINGS },
  { path: "/admin/people", link: "main tbody a", roles: ["administrator"] },
  { path: "/admin/people/new", roles: ["administrator"] },
  { path: "/admin/employees", roles: STAFF },
  { path: "/admin/employees", link: "main tbody a", roles: MANAGERS },
  { path: "/admin/employees/new", roles: MANAGERS },
  { path: "/admin/employees/groups/new", roles: MANAGERS },
  { path: "/admin/absences", roles: STAFF },
  { path: "/admin/absences/new", roles: MANAGERS },
  { path: "/admin/shifts", roles: STAFF },
  { path: "/admin/calendar", roles: STAFF },
  { path: "/admin/companies", roles: SETTINGS },
  { path: "/admin/reports", roles: SETTINGS },
  { path: "/admin/telling", roles: SETTINGS },
  { path: "/reports", roles: FINDINGS },
  { path: "/admin/pauses", roles: ["lead", ...SETTINGS] },
  { path: "/admin/tokens", roles: ["administrator"] },
  { path: "/admin/chats", roles: ["director", "administrator"] },
  { path: "/admin/webhooks", roles: ["director", "administrator"] },
  { path: "/admin/jobs", roles: ["director", "administrator"] },
  { path: "/admin/journal", roles: ["director", "administrator"] },
  { path: "/admin/import", roles: ["administrator"] },
  { path: "/search", roles: [...SELLERS, ...FIGURES] },
];
