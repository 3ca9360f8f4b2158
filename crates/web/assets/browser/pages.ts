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
  coordinator: "/board",
  specialist: "/board",
  head: "/board",
  director: "/board",
  administrator: "/me",
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
const OVER_ALL: Role[] = ["coordinator", "specialist", "head", "director"];
const JUDGES: Role[] = ["coordinator", "head", "director"];
const READERS: Role[] = [...SELLERS, ...OVER_ALL];

/** Every page once; who is not named with one is refused. A page of the way around that is not here fails a test. */
export const PAGES: Opened[] = [
  { path: "/me", roles: ROLES },
  { path: "/password", roles: ROLES },
  { path: "/companies", roles: ROLES },
  { path: "/mine", roles: SELLERS },
  { path: "/group", roles: ["lead"] },
  { path: "/board", roles: [...OVER_ALL, "client_manager"] },
  { path: "/findings", roles: READERS },
  { path: "/findings", link: "main td.what > a", roles: READERS },
  { path: "/findings", link: "main td.what small a", roles: READERS },
  { path: "/disputes", roles: JUDGES },
  { path: "/rules", roles: [...READERS, "administrator", "client_manager"] },
  { path: "/rules/first-response", roles: [...READERS, "administrator", "client_manager"] },
];
