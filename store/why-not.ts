import type pg from 'pg';
import { CannotStart } from '../environment/cannot-start.ts';

/** What keeps us from the database, as a sentence for its operator; what else went wrong is thrown on as it is. */
export function sentenceOf(error: unknown, { user = '', host, port, database = '' }: pg.Client): unknown {
  if (error instanceof CannotStart || !(error instanceof Error)) return error;
  const { code = '', message } = error as Error & { code?: string };
  const because = reasons(user, `${host}:${port}`, database).find(([pattern]) => pattern.test(`${code} ${message}`));
  if (because) return new CannotStart(`DATABASE_URL: ${because[1]} (${code || message}).`, { cause: error });
  return error;
}

const reasons = (user: string, at: string, database: string): [RegExp, string][] => [
  [
    /^42501 /,
    `the role ${user} has not the rights that it needs on the schema baton; node scripts/prepare.ts, by a role that may make them, makes the schema and its tables`,
  ],
  [/^25006 /, 'the database is read-only now, and has to be brought up to date'],
  [/^28/, `the server at ${at} does not let the role ${user} in`],
  [/^3D000 /, `there is no database ${database} at ${at}`],
  [
    /unsupported startup parameter/,
    'the pooler refuses a startup parameter; take it out of the address, or name it in ignore_startup_parameters',
  ],
  [/^(53300|57P03) /, `the database at ${at} takes no connection now`],
  [
    /^(ECONN|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOST|ENET)|timeout|Connection terminated|ENOENT/,
    `no database answers at ${at}`,
  ],
  [/^(08P01|SELF_SIGNED|DEPTH_ZERO|ERR_TLS|CERT)|SSL/, `the server at ${at} cannot be talked to`],
];
