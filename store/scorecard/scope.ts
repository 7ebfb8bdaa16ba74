import type { Db } from '../pool.ts';

/** Which cases and steps are looked at. Instants; `to` is no more part of it. */
export interface Scope {
  /** All of them, where none are named. */
  processes?: readonly string[] | undefined;
  from: Date;
  to: Date;
  /** An IANA name. */
  zone: string;
  version?: string | undefined;
  /** A process's owner, or a queue that was asked. */
  owner?: string | undefined;
  country?: string | undefined;
  /** The queues whose people's names may be shown. */
  led: readonly string[];
}

/** Collects the values of a statement. */
export class Values {
  readonly all: unknown[] = [];
  add(value: unknown): string {
    this.all.push(value);
    return `$${this.all.length}`;
  }
}

/** Planned each time: a quarter of one process and a year of all are not read in the same way. */
export async function planned<Row>(db: Db, text: string, values: Values): Promise<Row[]> {
  return (await db.query(text, values.all)).rows as Row[];
}

export const processesIn = ({ processes }: Partial<Scope>, values: Values): string[] =>
  processes ? [`process = any (${values.add([...processes])})`] : [];

/** What the scope asks of rows that stand in facts about cases. */
export function casesIn(scope: Partial<Scope>, values: Values): string[] {
  const { processes, version, owner, country } = scope;
  return [
    ...processesIn({ processes }, values),
    ...(version === undefined ? [] : [`version = ${values.add(version)}`]),
    ...(country === undefined ? [] : [`country = ${values.add(country)}`]),
    ...(owner === undefined ? [] : [`${values.add(owner)} = any (owners)`]),
  ];
}

/** What only their case knows of rows that name it. */
export function ofCasesIn(scope: Partial<Scope>, values: Values): string[] {
  const { version, owner, country } = scope;
  const ofCase = casesIn({ version, owner, country }, values);
  return ofCase.length > 0 ? [`case_id in (select case_id from fact_cases where ${ofCase.join(' and ')})`] : [];
}

/** The same of steps of which a queue was asked: those that it was asked. */
export function askedIn({ processes, owner, version, country }: Scope, values: Values): string[] {
  return [
    ...processesIn({ processes }, values),
    ...(owner === undefined ? [] : [`owner = ${values.add(owner)}`]),
    ...ofCasesIn({ version, country }, values),
  ];
}

/** Of steps of every kind: of those that nobody was asked, the cases of the owner count. */
export function stepsIn(scope: Scope, values: Values): string[] {
  const { processes, owner, version, country } = scope;
  const asked = `kind in ('handoff', 'approval', 'task')`;
  return [
    ...processesIn({ processes }, values),
    ...(owner === undefined
      ? []
      : [`case when ${asked} then owner = ${values.add(owner)} else ${ofCasesIn({ owner }, values)[0]!} end`]),
    ...ofCasesIn({ version, country }, values),
  ];
}

export const isFiltered = ({ version, owner, country }: Scope): boolean =>
  version !== undefined || owner !== undefined || country !== undefined;

export const during = (at: string, { from, to }: Pick<Scope, 'from' | 'to'>, values: Values): string[] => [
  `${at} >= ${values.add(from)}`,
  `${at} < ${values.add(to)}`,
];
