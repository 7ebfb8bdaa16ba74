import { z } from 'zod';
import type { ProcessDefinition } from '../../core/declare/define.ts';
import type { Deps } from '../deps.ts';
import { readEInvoice } from '../e-invoice/read.ts';
import { fieldErrors, Problem } from '../problems.ts';
import { mediaType, type Call, largeBodyLimit, route } from '../route.ts';
import { parseStrictJson } from '../strict-json.ts';
import { receiveEvent, structured } from './events.ts';
import { accepted, acceptRequest, checkKey } from './start.ts';
import { Accepted } from './views.ts';

const xml = ['application/xml', 'text/xml'];

export const hook = route({
  method: 'post',
  path: '/hooks/{source}',
  summary:
    'What /events takes, or an e-invoice (UBL or CII), signed by Standard Webhooks with the secret of its source',
  who: 'signed',
  body: z.instanceof(Uint8Array),
  asBytes: true,
  alsoConsumes: [...xml, structured],
  bodyLimit: largeBodyLimit, // attachments make e-invoices large; they are not kept
  headers: {
    'webhook-id': 'The same id is the same message, for ever',
    'webhook-timestamp': 'Seconds since 1970, at most 5 minutes ago',
    'webhook-signature': '`v1,<base64>`, by HMAC-SHA256 over id, timestamp and body',
  },
  answers: { 202: { description: 'Kept; if it starts a case, which one', schema: Accepted.partial() } },
  problems: [
    ...(['xml-invalid', 'document-unsupported', 'e-invoice-invalid', 'event-invalid', 'unknown-event'] as const),
    ...(['idempotency-key-invalid', 'idempotency-key-reused', 'case-exists', 'as-of-refused'] as const),
  ],
  async answer(call, deps) {
    const source = call.params['source']!;
    const id = deps.hooks.verify(source, call.headers, decoded(call.body));
    if (!xml.includes(mediaType(call.headers['content-type']))) {
      const sent = { headers: call.headers, body: parseStrictJson(call.body) };
      return receiveEvent({ ...sent, caller: { person: `hook:${source}`, roles: ['system'] } }, deps);
    }
    const caseId = await start(`${source}~${id}`, `hook:${source}`, call, deps);
    return accepted(caseId);
  },
});

/** Text that is not UTF-8 has more than one reading. It is not taken, whoever signed it. */
function decoded(body: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    throw new Problem('content-type-unsupported', 'The body is not UTF-8');
  }
}

async function start(messageId: string, requester: string, { body }: Call<unknown, Uint8Array>, deps: Deps) {
  checkKey(messageId);
  const definition = takesEInvoices(deps.definitions);
  const request = definition.request.safeParse(readEInvoice(body, messageId));
  if (!request.success) {
    const errors = fieldErrors(request.error);
    throw new Problem('e-invoice-invalid', 'It was read, and then holds what is not taken', { errors });
  }
  return acceptRequest(deps, { definition, request: request.data, idempotencyKey: messageId, requester, asOf: null });
}

function takesEInvoices(definitions: Deps['definitions']): ProcessDefinition {
  const found = Object.values(definitions).find(({ documents }) => documents?.includes('e-invoice'));
  if (!found) throw new Problem('document-unsupported', 'No process takes e-invoices');
  return found;
}
