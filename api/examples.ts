import { caseIdOf } from '../core/declare/case-id.ts';
import type { Deps } from './deps.ts';
import type { Route } from './route.ts';
import { mediaType } from './scim/errors.ts';
import { groupSchema, userSchema } from './scim/schemas.ts';
import * as samples from '../workflows/samples.ts';

/** A body that is taken as it stands, on the sandbox's sample records; `type` where it is of one type alone. */
export interface Example {
  type?: string;
  value: unknown;
}

const event = {
  ...{ specversion: '1.0', id: 'example-1', source: '/shop', type: 'refund.confirmation' },
  data: { requestId: 'example-1', answer: 'yes' },
};

const inHalfAYear = new Date(Date.now() + 180 * 86_400_000).toISOString();

const user = {
  ...{ schemas: [userSchema.id], userName: 'ida@example.com', displayName: 'Ida', active: true },
  emails: [{ value: 'ida@example.com', type: 'work', primary: true }],
};
const group = { schemas: [groupSchema.id], displayName: 'support' };
const patch = (...Operations: object[]) => ({
  ...{ schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations },
});

/** By method and path. */
const bodies: Readonly<Record<string, Example>> = {
  'post /handoffs/{handoffId}/decision': {
    value: { verdict: 'approved', because: 'It is as agreed with the customer.', version: 1 },
  },
  'post /handoffs/{handoffId}/return': { value: { because: 'The second receipt is missing.', version: 1 } },
  'post /handoffs/{handoffId}/rework': { value: { because: 'The second receipt is there now.', version: 1 } },
  'post /handoffs/{handoffId}/questions': {
    value: { to: 'requester', question: 'Which of the two orders is meant?', answerWithin: '4 business hours' },
  },
  'post /handoffs/{handoffId}/comments': { value: { text: 'I called the customer; she writes tomorrow.' } },
  'post /questions/{questionId}/answer': { value: { answer: 'The one of May.' } },
  'post /questions/{questionId}/withdrawal': { value: {} },
  'post /handoffs/{handoffId}/completion': {
    value: { found: 'applied', reference: 'TX-1', because: 'It is in the journal of payments.' },
  },
  'post /handoffs/{handoffId}/assignment': { value: { to: 'leo', because: 'He knows the customer.', version: 1 } },
  'post /handoffs/claims': { value: { ids: ['refund/sample-2/review-1'] } },
  'post /handoffs/assignments': {
    value: { ids: ['refund/sample-2/review-1'], to: 'leo', because: 'He knows the customer.' },
  },
  'post /delegations': {
    value: { from: '2027-07-01T00:00:00Z', to: '2027-07-22T00:00:00Z', whom: 'mia', because: 'On holiday.' },
  },
  'put /people/{person}/limits': { value: { limits: [{ queue: 'support-leads', amount: 100_000, currency: 'USD' }] } },
  'put /queues/{queue}/limits': { value: { limits: [{ amount: 50_000, currency: 'USD' }] } },
  'post /handoffs/{handoffId}/claim': { value: { version: 1 } },
  'post /handoffs/{handoffId}/release': { value: { version: 1 } },
  'post /cases/{caseId}/cancellation': { value: { because: 'It was asked for twice.' } },
  'post /cases/{caseId}/reversal': { value: { because: 'It was paid to the wrong customer.' } },
  'post /strays/settling': {
    value: { strays: ['refund/example-1/payCustomer:payout-1-1'], because: 'It is of an older backup.' },
  },
  'post /events': { type: 'application/cloudevents+json', value: event },
  'post /hooks/{source}': { type: 'application/cloudevents+json', value: event },
  'post /texts': { type: 'text/plain', value: 'The wording of a contract, as it was sent.' },
  'put /me/notifications': {
    value: {
      mail: { opened: 'digest', decided: 'never' },
      language: 'de',
      timeZone: 'Europe/Berlin',
      digestAt: '08:00',
    },
  },
  'put /queues/{queue}/chat': {
    value: { kind: 'slack', url: 'https://hooks.slack.com/services/T0/B0/example', timeZone: 'Europe/Berlin' },
  },
  'put /people/{person}/roles': { value: { roles: ['support-leads'] } },
  'put /calendars/{calendar}': {
    value: {
      ...{
        owner: 'people-operations',
        zone: 'Europe/Berlin',
        hours: { monday: ['09:00-17:00'], friday: ['09:00-13:00'] },
      },
      ...{
        holidays: { '2026-12-25': 'Christmas Day' },
        halfDays: { '2026-12-24': ['09:00-12:00'] },
        endsOn: '2026-12-31',
      },
      ...{ basedOn: 1, because: 'Works council agreement of November.' },
    },
  },
  'put /queues/{queue}': {
    value: { calendar: 'berlin', leads: ['mia'], because: 'The team moved to Berlin.' },
  },
  'put /people/{person}/active': { value: { active: false } },
  'post /keys': {
    value: { name: 'shop', scopes: ['cases.start:refund', 'cases.read:refund'], expiresAt: inHalfAYear },
  },
  'post /keys/{keyId}/rotation': { value: { overlapSeconds: 600 } },
  'post /scim/v2/Users': { type: mediaType, value: user },
  'put /scim/v2/Users/{id}': { type: mediaType, value: user },
  'patch /scim/v2/Users/{id}': { type: mediaType, value: patch({ op: 'replace', path: 'active', value: false }) },
  'post /scim/v2/.search': { type: mediaType, value: { filter: 'meta.resourceType eq "User"' } },
  'post /scim/v2/Users/.search': { type: mediaType, value: { filter: 'userName eq "ida@example.com"' } },
  'post /scim/v2/Groups/.search': { type: mediaType, value: { filter: 'displayName eq "support"' } },
  'post /scim/v2/Groups': { type: mediaType, value: group },
  'put /scim/v2/Groups/{id}': { type: mediaType, value: group },
  'patch /scim/v2/Groups/{id}': {
    type: mediaType,
    value: patch({ op: 'replace', path: 'displayName', value: 'Support' }),
  },
  'put /processes/{process}/autonomy': { value: { level: 'assist', because: 'The model was changed.' } },
  'put /scorecard/targets/{process}/{measure}': {
    value: { bound: 'at-least', value: 0.8, overDays: 30, because: 'It was agreed for 2026.' },
  },
  'put /switches/{scope}/{name}': { value: { stopped: true, because: 'Refunds are paid twice.' } },
  'post /unknown-cases/closing': { value: { cases: ['refund/example-1'] } },
  'post /subscriptions': {
    value: {
      url: 'https://partner.example/baton',
      types: ['baton.handoff.opened', 'baton.case.closed'],
      processes: ['refund'],
      description: 'The dashboard of support',
    },
  },
  'post /subscriptions/{subscriptionId}/redelivery': { value: {} },
  'post /subscriptions/{subscriptionId}/skip': { value: { deliveries: [1] } },
  'post /codec/decode': { value: { payloads: [] } },
  'post /codec/encode': { value: { payloads: [] } },
};

export const exampleOf = ({ method, path }: Route): Example | undefined => bodies[`${method} ${path}`];

/** For each process a request that `npm start` plays; as it stands it answers that case. */
export function requestsOf(definitions: Deps['definitions']): Record<string, { summary: string; value: unknown }> {
  return Object.fromEntries(
    Object.entries(samples).flatMap(([process, [first]]) => {
      const definition = definitions[process];
      if (!definition || !first) return [];
      const { request, asOf, title } = first;
      const summary = `${caseIdOf(definition, definition.request.parse(request))}: ${title}`;
      return [[definition.name, { summary, value: { ...request, ...(asOf ? { asOf } : {}) } }]];
    }),
  );
}

/** What stands in a path or a header. */
export const parameters: Readonly<Record<string, string>> = {
  process: 'refund',
  caseId: 'refund/sample-1',
  handoffId: 'refund/sample-2/review-1',
  questionId: 'refund/sample-2/question-1',
  person: 'leo',
  queue: 'support-leads',
  messageId: '0b9f6a52-2a55-4d8e-9d0c-6f8d1c1f6a11',
  calendar: 'berlin',
  language: 'en',
  policy: 'eligibility',
  version: '2',
  scope: 'process',
  name: 'refund',
  source: 'peppol',
  'Idempotency-Key': 'refund/sample-1',
};
