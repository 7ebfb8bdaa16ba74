/** The field in which the requests of a process name a queue. */
export interface Naming {
  process: string;
  field: string;
}

/** Somebody who sees what they asked for, the cases of these processes, and those whose request names one of these roles. */
export interface Reader {
  requester: string;
  processes: readonly string[];
  named: readonly Naming[];
  roles: readonly string[];
}

/** Whether they see the case `c`, by the places of their values in the statement. */
export const seenBy = (requester: string, processes: string, named: string, roles: string): string =>
  `(requester = ${requester} or process = any (${processes}::text[])
    or exists (select from json_to_recordset(${named}) as n (process text, field text)
               where n.process = c.process and c.request->>n.field = any (${roles}::text[])))`;

/** In the order of these places. */
export const seenByValues = ({ requester, processes, named, roles }: Reader): unknown[] => [
  requester,
  [...processes],
  JSON.stringify(named),
  [...roles],
];
