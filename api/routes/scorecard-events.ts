import { z } from 'zod';
import type { MinedCase } from '../../scorecard/mining/case-events.ts';
import { ocelOf } from '../../scorecard/mining/ocel.ts';
import { xesOf } from '../../scorecard/mining/xes.ts';
import type { Db } from '../../store/pool.ts';
import { countMined, inSnapshot, readMined } from '../../store/scorecard/case-events.ts';
import { isAskedFor, xmlTypes } from '../media-type.ts';
import { Problem } from '../problems.ts';
import { route } from '../route.ts';
import { readsScorecards, scopeQuery, wantedBy } from '../scorecard-query.ts';
import { writePieces } from '../stream.ts';

/** In one export. */
export const mostCases = 10_000;
const tooMany = `the period has more than ${mostCases} cases: ask for a shorter one, or for one process`;

type Write = (cases: () => AsyncIterable<readonly MinedCase[]>) => AsyncIterable<string>;

const formats: Record<'ocel' | 'xes', { type: string; write: Write }> = {
  ocel: { type: 'application/json; charset=utf-8', write: ocelOf },
  xes: { type: 'application/xml; charset=utf-8', write: xesOf },
};

const { process, from, to, zone, version, owner, country } = scopeQuery;

/** Who reads an export now: each holds a connection of the API's. */
const reading = new Set<string>();

/** Throws `Problem`: nothing is sent yet. */
async function oneEach(person: string, read: () => Promise<void>): Promise<void> {
  if (reading.has(person))
    throw new Problem('too-many-requests', 'Another export of yours is under way', { headers: { 'retry-after': '5' } });
  reading.add(person);
  await read().finally(() => reading.delete(person));
}

export const get = route({
  method: 'get',
  path: '/scorecard/events',
  summary: 'What happened in the cases that were open in a period, for process mining: OCEL 2.0, or XES',
  who: readsScorecards,
  query: z.strictObject({
    ...{ process, from, to, zone, version, owner, country },
    format: z.enum(['ocel', 'xes']).optional().describe('`xes` where only XML is accepted, else `ocel`'),
  }),
  answers: {
    200: { description: 'The event log: OCEL 2.0 as JSON, or XES as application/xml', schema: z.looseObject({}) },
  },
  problems: ['not-found'],
  async answer({ caller, query: { format, ...query }, headers }, { pool, ...deps }) {
    const scope = await wantedBy(caller, query, { pool, ...deps });
    if ((await countMined(pool, scope, mostCases)) > mostCases)
      throw new Problem('query-invalid', '', { errors: [{ field: 'from', message: tooMany }] });
    const { type, write } = formats[format ?? (isAskedFor(xmlTypes, headers.accept) ? 'xes' : 'ocel')];
    const log = (db: Db) => write(() => readMined(db, scope));
    return {
      status: 200,
      headers: { 'content-type': type },
      async write(res) {
        await oneEach(caller.person, () => inSnapshot(pool, (db) => writePieces(res, log(db))));
        res.end(); // who has read it may ask for the next one
      },
    };
  },
});
