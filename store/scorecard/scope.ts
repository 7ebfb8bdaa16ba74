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

export const buckets = ['hour', 'day', 'week', 'month'] as const;
export type Bucket = (typeof buckets)[number];

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

export const processesIn = ({ processes }: Pick<Scope, 'processes'>, values: Values): string[] =>
  processes ? [`process = any (${values.add([...processes])})`] : [];

/** What the scope asks of rows that stand in facts about cases. */
export function casesIn({ processes, version, owner, country }: Scope, values: Values): string[] {
  return [
    ...processesIn({ processes }, values),
    ...(version === undefined ? [] : [`version = ${values.add(version)}`]),
    ...(country === undefined ? [] : [`country = ${values.add(country)}`]),
    ...(owner === undefined ? [] : [`${values.add(owner)} = any (owners)`]),
  ];
}

/** The same of steps: what only their case knows is asked of it. */
export function stepsIn(scope: Scope, values: Values): string[] {
  const { processes, owner, ...rest } = scope;
  const ofCase = casesIn({ ...rest, led: [] }, values);
  return [
    ...processesIn({ processes }, values),
    ...(owner === undefined ? [] : [`owner = ${values.add(owner)}`]),
    ...(ofCase.length > 0 ? [`case_id in (select case_id from fact_cases where ${ofCase.join(' and ')})`] : []),
  ];
}

export const isFiltered = ({ version, owner, country }: Scope): boolean =>
  version !== undefined || owner !== undefined || country !== undefined;

export const during = (at: string, { from, to }: Pick<Scope, 'from' | 'to'>, values: Values): string[] => [
  `${at} >= ${values.add(from)}`,
  `${at} < ${values.add(to)}`,
];
