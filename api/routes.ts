import { z } from 'zod';
import { describeApi } from './openapi.ts';
import { type Route, route } from './route.ts';
import * as autonomy from './routes/autonomy.ts';
import * as cases from './routes/cases.ts';
import { completion } from './routes/completion.ts';
import * as codec from './routes/codec.ts';
import * as decisions from './routes/decisions.ts';
import * as events from './routes/events.ts';
import { hook } from './routes/hooks.ts';
import * as handoffs from './routes/handoffs.ts';
import * as operations from './routes/operations.ts';
import * as people from './routes/people.ts';
import * as processes from './routes/processes.ts';
import * as switches from './routes/switches.ts';
import { reversal } from './routes/reversal.ts';
import * as scorecard from './routes/scorecard.ts';
import { startCase } from './routes/start.ts';
import * as strays from './routes/strays.ts';
import * as texts from './routes/texts.ts';
import * as unknownCases from './routes/unknown-cases.ts';

const openapi = route({
  method: 'get',
  path: '/openapi.json',
  summary: 'This API, as OpenAPI 3.1',
  who: 'open',
  answers: { 200: { description: 'The description', schema: z.record(z.string(), z.unknown()) } },
  problems: [],
  answer: async (_call, deps) => ({ status: 200, body: describeApi(routes, deps) }),
});

/** Every call there is. What is not in this table is not served, but for the pages under /docs and, in development, /dev. */
export const routes: readonly Route[] = [
  startCase,
  ...[cases.list, cases.get, cases.record, cases.cancel, reversal],
  ...[handoffs.list, handoffs.get],
  ...[decisions.decision, decisions.claim, decisions.release, decisions.returned, completion],
  ...[events.events, events.refused],
  ...[texts.keep, texts.get],
  hook,
  ...[processes.list, processes.get],
  ...[autonomy.get, autonomy.put],
  ...[switches.list, switches.put],
  ...[people.getRoles, people.putRoles],
  ...[codec.decode, codec.encode, codec.signIn],
  ...[operations.healthz, operations.readyz, operations.metrics],
  ...[unknownCases.list, unknownCases.giveUp, strays.list, strays.settle],
  ...[scorecard.get, scorecard.cases],
  openapi,
];
