import { z } from 'zod';
import type { ProcessDefinition } from '../../core/declare/definition.ts';
import type { Deps } from '../deps.ts';
import { readEInvoice } from '../e-invoice/read.ts';
import { fieldErrors, Problem } from '../problems.ts';
import { structured } from '../cloud-event.ts';
import { checkGrant, eInvoice } from '../hook-grants.ts';
import { mediaType, xmlTypes } from '../media-type.ts';
import { receiveEvent } from '../receive-event.ts';
import { type Call, largeBodyLimit, route } from '../route.ts';
import { accepted, acceptRequest, checkKey, hookName } from './start.ts';
import { Accepted } from './views.ts';

export const hook = route({
  method: 'post',
  path: '/hooks/{source}',
  summary:
    'What /events takes, or an e-invoice (UBL or CII), signed by Standard Webhooks with the secret of its source',
  who: 'signed',
  body: z.instanceof(Uint8Array),
  asBytes: true,
  alsoConsumes: [...xmlTypes, structured],
  bodyLimit: largeBodyLimit, // attachments make e-invoices large; they are not kept
  headers: {
    'webhook-id': 'The same id is the same message, for ever',
    'webhook-timestamp': 'Seconds since 1970, at most 5 minutes ago',
    'webhook-signature': '`v1,<base64>`, by HMAC-SHA256 over id, timestamp and body',
  },
  answers: { 202: { description: 'Kept; if it starts a case, which one', schema: Accepted.partial() } },
  problems: [
    ...([
      'xml-invalid',
      'document-unsupported',
      'e-invoice-invalid',
      'event-invalid',
      'unknown-event',
      'webhook-not-granted',
    ] as const),
    ...(['idempotency-key-invalid', 'idempotency-key-reused', 'case-exists', 'as-of-refused'] as const),
  ],
  admit: ({ params, headers }, { hooks }) => hooks.expect(params['source']!, headers),
  async answer({ params, headers, body }, deps) {
    const source = params['source']!;
    const id = deps.hooks.verify(source, headers, body);
    const grant = deps.hooks.grantOf(source);
    const caller = { person: hookName(source), roles: ['system'] };
    if (!xmlTypes.includes(mediaType(headers['content-type'])))
      return receiveEvent({ caller, grant, headers, body }, deps);
    checkGrant(grant, { type: eInvoice });
    requireUtf8(body);
    return accepted(await start(`${source}~${id}`, caller.person, { body }, deps));
  },
});

type Body = Pick<Call<unknown, Uint8Array>, 'body'>;

/** Text that is not UTF-8 has more than one reading. It is not taken, whoever signed it. */
function requireUtf8(body: Uint8Array): void {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw new Problem('content-type-unsupported', 'The body is not UTF-8');
  }
}

async function start(messageId: string, sentBy: string, { body }: Body, deps: Deps) {
  checkKey(messageId, 'The webhook-id is the key');
  const definition = takesEInvoices(deps.definitions);
  const request = definition.request.safeParse(readEInvoice(body, messageId));
  if (!request.success) {
    const errors = fieldErrors(request.error);
    throw new Problem('e-invoice-invalid', 'It was read, and then holds what is not taken', { errors });
  }
  const from = { sentBy, requester: sentBy, idempotencyKey: messageId };
  return acceptRequest(deps, { definition, request: request.data, ...from, asOf: null });
}

function takesEInvoices(definitions: Deps['definitions']): ProcessDefinition {
  const found = Object.values(definitions).find(({ documents }) => documents?.includes('e-invoice'));
  if (!found) throw new Problem('document-unsupported', 'No process takes e-invoices');
  return found;
}
