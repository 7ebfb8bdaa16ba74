import { problems } from '../../../api/problems.ts';
import type { LinkName, PartName } from '../bench.ts';
import type { Answered } from '../client.ts';
import type { Evidence } from '../evidence.ts';
import { each, type Invariant, together } from './invariant.ts';

/** What an API cannot answer without. */
const needed: (PartName | LinkName)[] = ['postgres', 'temporal', 'api-postgres', 'api-temporal'];
const ofApi: (PartName | LinkName)[][] = [
  ['api-1', 'clients-api-1'],
  ['api-2', 'clients-api-2'],
];
/** What was asked in an outage may be answered a little later: a connection to the database is waited for so long. */
const graceMs = 12_000;

/** The API says what is wrong in its own words, with a code that it declares; that it is unavailable only in an outage. */
export const errorsClear: Invariant = {
  number: 9,
  name: 'every error clear, no 5xx but 503 in a declared outage',
  check: (evidence) =>
    together(
      each(evidence.answered, (answer) => unclear(answer, evidence.outages)),
      each(
        evidence.cases.filter(({ outcome }) => outcome === 'failed' || outcome === 'terminated'),
        ({ caseId, result }) => (result?.because ? undefined : `${caseId}: it failed, and does not say why`),
      ),
    ),
};

function unclear(
  { call, api, from, to, status, contentType, body }: Answered,
  outages: Evidence['outages'],
): string | undefined {
  const isOut = (parts: (PartName | LinkName)[]) =>
    outages.some((outage) => parts.includes(outage.touches) && outage.from <= to && from <= outage.until + graceMs);
  const at = `${call} at ${new Date(to).toISOString()}`;
  if (status === undefined)
    return isOut([...needed, ...ofApi[api]!]) ? undefined : `${at}: no answer, and nothing was out`;
  if (status < 400) return undefined;
  const code = String(body?.code);
  if (!contentType?.startsWith('application/problem+json')) return `${at}: ${status} as ${contentType}`;
  const declared = Object.hasOwn(problems, code) ? problems[code as keyof typeof problems] : undefined;
  if (declared?.status !== status || body.status !== status || !body.title) return `${at}: ${status} ${code}`;
  if (status < 500) return undefined;
  if (status !== 503) return `${at}: ${status} ${code}`;
  return isOut([...needed, ...ofApi[api]!]) ? undefined : `${at}: ${status} ${code}, and nothing was out`;
}
