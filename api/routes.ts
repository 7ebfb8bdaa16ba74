import { z } from 'zod';
import { describeApi } from './openapi.ts';
import { type Route, route } from './route.ts';
import { assignment } from './routes/assignments.ts';
import * as authorityLimits from './routes/authority-limits.ts';
import * as autonomy from './routes/autonomy.ts';
import { brief } from './routes/briefs.ts';
import * as calendars from './routes/calendars.ts';
import * as bulk from './routes/bulk.ts';
import * as cases from './routes/cases.ts';
import { completion } from './routes/completion.ts';
import * as contracts from './routes/contracts.ts';
import { changes } from './routes/changes.ts';
import * as codec from './routes/codec.ts';
import * as decisions from './routes/decisions.ts';
import * as deliveries from './routes/deliveries.ts';
import * as delegations from './routes/delegations.ts';
import * as events from './routes/events.ts';
import { hook } from './routes/hooks.ts';
import * as handoffs from './routes/handoffs.ts';
import * as keys from './routes/keys.ts';
import * as me from './routes/me.ts';
import * as messages from './routes/messages.ts';
import * as myRequests from './routes/my-requests.ts';
import * as notifications from './routes/notifications.ts';
import * as operations from './routes/operations.ts';
import * as passage from './routes/passage.ts';
import * as people from './routes/people.ts';
import * as policyVersions from './routes/policy-versions.ts';
import * as processes from './routes/processes.ts';
import { samples } from './routes/process-samples.ts';
import * as queueChat from './routes/queue-chat.ts';
import * as queues from './routes/queues.ts';
import * as switches from './routes/switches.ts';
import * as comments from './routes/comments.ts';
import * as questions from './routes/questions.ts';
import { returned } from './routes/returned.ts';
import { reworked } from './routes/rework.ts';
import { reversal } from './routes/reversal.ts';
import * as scorecard from './routes/scorecard.ts';
import * as scorecardEvents from './routes/scorecard-events.ts';
import { timeline } from './routes/timeline.ts';
import * as targets from './routes/targets.ts';
import { startCase } from './routes/start.ts';
import { scim } from './scim/routes.ts';
import * as strays from './routes/strays.ts';
import * as subscriptions from './routes/subscriptions.ts';
import * as texts from './routes/texts.ts';
import * as unknownCases from './routes/unknown-cases.ts';
import * as words from './routes/words.ts';
import { writes } from './routes/writes.ts';
import * as workload from './routes/workload.ts';

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
  ...[cases.list, cases.get, timeline, writes, cases.record, cases.cancel, reversal],
  ...[bulk.claims, bulk.assignments], // before what takes any id in their place
  ...[handoffs.list, handoffs.get, brief, assignment],
  ...[decisions.decision, decisions.claim, decisions.release, returned, reworked, completion],
  ...[questions.ask, questions.list, questions.get, questions.answered, questions.takenBack],
  ...[comments.add, comments.list],
  changes,
  ...[events.events, events.refused],
  ...[texts.keep, texts.get],
  hook,
  ...[processes.list, processes.get, samples],
  ...[workload.list, contracts.get, passage.get, policyVersions.list, policyVersions.get],
  ...[me.get, me.signIn, myRequests.list],
  ...[autonomy.get, autonomy.put],
  ...[switches.list, switches.put],
  ...[people.getRoles, people.putRoles, people.putActive],
  ...[keys.make, keys.list, keys.rotate, keys.revoke],
  ...scim,
  ...[subscriptions.list, subscriptions.add, subscriptions.get, subscriptions.rotation],
  ...[subscriptions.pause, subscriptions.resume, subscriptions.end],
  ...[deliveries.list, deliveries.redelivery, deliveries.skip],
  ...[messages.list, messages.resend],
  ...[notifications.get, notifications.put],
  ...[queueChat.get, queueChat.put, queueChat.remove],
  ...[queues.list, queues.get, queues.put, calendars.list, calendars.get, calendars.put],
  ...[delegations.delegate, delegations.list, delegations.end],
  ...[authorityLimits.getOfPerson, authorityLimits.putOfPerson, authorityLimits.getOfQueue, authorityLimits.putOfQueue],
  ...[codec.decode, codec.encode, codec.signIn],
  ...[operations.healthz, operations.readyz, operations.metrics],
  ...[unknownCases.list, unknownCases.giveUp, strays.list, strays.settle],
  ...[scorecard.get, scorecard.cases, scorecardEvents.get, targets.list, targets.put],
  words.get,
  openapi,
];
