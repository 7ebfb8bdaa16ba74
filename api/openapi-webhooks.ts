import { envelopeOf, eventTypes, type LineType, nameOf } from '../outbound/event-types.ts';
import { structured } from './cloud-event.ts';
import { type Json, toSchema } from './json-schema.ts';

const text = { type: 'string' };
const headers = {
  'webhook-id': 'The same however often an event is sent',
  'webhook-timestamp': 'When it was sent, in seconds since 1970',
  'webhook-signature': 'By Standard Webhooks: `v1,` and the signature; two while the secret is being replaced',
};

/** What Baton sends to subscribers, as the webhooks of OpenAPI 3.1. */
export const describeWebhooks = (): Json =>
  Object.fromEntries(
    Object.entries(eventTypes).map(([type, { says }]) => [
      nameOf(type as LineType),
      {
        post: {
          operationId: `receive.${nameOf(type as LineType)}`,
          summary: says,
          tags: ['Subscriptions'],
          security: [],
          parameters: Object.entries(headers).map(([name, description]) => ({
            ...{ name, in: 'header', required: true, description, schema: text },
          })),
          requestBody: {
            required: true,
            content: { [structured]: { schema: toSchema(envelopeOf(type as LineType), 'output') } },
          },
          responses: {
            '2XX': { description: 'Taken' },
            410: { description: 'The subscription ends' },
            default: { description: 'Sent again later, no sooner than `Retry-After` says' },
          },
        },
      },
    ]),
  );
