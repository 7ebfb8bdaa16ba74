import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import { text } from '../core/declare/values.ts';
import { isJsonType, isUtf8, mediaType } from './media-type.ts';
import { fieldErrors, Problem } from './problems.ts';
import { parseStrictJson } from './strict-json.ts';
import type { Sentence } from './sentences.ts';

export const structured = 'application/cloudevents+json';
const batch = 'application/cloudevents-batch+json';

/** Of CloudEvents 1.0.2: no control characters, no noncharacters, no halves of a pair. */
const Text = text(500)
  .min(1)
  .refine((value) => !/[\p{Cc}\p{Noncharacter_Code_Point}]/u.test(value), 'must be without control characters');
const uriReference = /^(?:[A-Za-z0-9._~!$&'()*+,;=:@/?#[\]-]|%[0-9A-Fa-f]{2})+$/;
const UriReference = Text.refine((value) => uriReference.test(value), 'must be a URI reference');
const Time = Text.refine(isRfc3339, 'must be a time of RFC 3339');

/** An extension, or what is said in a later version: text, a truth value or a whole number of 32 bits. */
const Other = z.union([Text, z.boolean(), z.int32()], 'must be a text, true, false or a whole number');

const Attributes = z
  .object({
    specversion: z.literal('1.0'),
    id: Text,
    source: UriReference,
    type: Text,
    datacontenttype: Text.refine((type) => isJsonType(mediaType(type)), 'must be a JSON media type').optional(),
    dataschema: UriReference.refine(
      (uri) => /^[A-Za-z][A-Za-z0-9+.-]*:/.test(uri),
      'must be an absolute URI',
    ).optional(),
    subject: Text.optional(),
    time: Time.optional(),
  })
  .catchall(Other);

export interface CloudEvent {
  id: string;
  source: string;
  type: string;
  /** Read as JSON; undefined when there is none. */
  data: unknown;
}

/** A CloudEvent 1.0.2 over HTTP, structured as JSON or binary. Throws `Problem`. */
export function readCloudEvent(headers: IncomingHttpHeaders, body: Uint8Array): CloudEvent {
  const type = mediaType(headers['content-type']);
  if (type === batch) throw new Problem('content-type-unsupported', 'Send the events one by one, not as a batch');
  if (type.startsWith('application/cloudevents') && type !== structured)
    throw new Problem('content-type-unsupported', `Of structured events, ${structured} is taken`);
  return type === structured ? fromJson(parseStrictJson(body)) : fromHeaders(headers, body);
}

function fromJson(value: unknown): CloudEvent {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid('', 'must be an object');
  // In JSON, null is the same as not being there.
  const present = Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null));
  const { data, data_base64: encoded, ...rest } = present;
  const attributes = attributesOf(rest);
  if (encoded === undefined) return { ...attributes, data };
  if (data !== undefined) throw invalid('/data_base64', 'cannot be there beside data');
  if (!isUtf8(attributes.datacontenttype)) throw invalid('/datacontenttype', 'must be in UTF-8');
  const bytes = z.base64('must be base64').safeParse(encoded);
  if (!bytes.success) throw invalid('/data_base64', 'must be base64');
  return { ...attributes, data: dataOf(Buffer.from(bytes.data, 'base64')) };
}

function fromHeaders(headers: IncomingHttpHeaders, body: Uint8Array): CloudEvent {
  const given = Object.entries(headers).filter(([name]) => name.startsWith('ce-'));
  const attributes = Object.fromEntries(
    given.flatMap(([name, value]) =>
      typeof value === 'string' ? [[name.slice(3), decoded(name.slice(3), value)]] : [],
    ),
  );
  return { ...attributesOf(attributes), data: dataOf(body) };
}

const dataOf = (bytes: Uint8Array): unknown => (bytes.length === 0 ? undefined : parseStrictJson(bytes));

function attributesOf(given: Record<string, unknown>) {
  const odd = Object.keys(given).find((name) => !/^[a-z0-9]+$/.test(name));
  if (odd !== undefined) throw invalid(`/${odd}`, 'is no name of an attribute: lower-case letters and digits');
  const parsed = Attributes.safeParse(given);
  if (!parsed.success) throw new Problem('event-invalid', '', { errors: fieldErrors(parsed.error) });
  const { id, source, type, datacontenttype } = parsed.data;
  return { id, source, type, datacontenttype };
}

/** The HTTP binding's own order: quotes of RFC 9110 first, then one round of percent-decoding. */
function decoded(attribute: string, value: string): string {
  const quoted = /^"((?:[^"\\]|\\.)*)"$/.exec(value)?.[1]?.replaceAll(/\\(.)/g, '$1') ?? value;
  if (/[^\x20-\x7e]/.test(quoted)) throw invalid(`/${attribute}`, 'must be percent-encoded outside printable ASCII');
  try {
    return decodeURIComponent(quoted);
  } catch {
    throw invalid(`/${attribute}`, 'must be percent-encoded UTF-8');
  }
}

/** RFC 3339 is ISO 8601 with seconds and an offset; letters in any case, and a leap second is one. */
function isRfc3339(value: string): boolean {
  const usual = value.toUpperCase().replace(/:60(?=[.Z+-])/, ':59');
  return /T\d\d:\d\d:\d\d/.test(usual) && z.iso.datetime({ offset: true }).safeParse(usual).success;
}

const invalid = (field: string, message: Sentence) =>
  new Problem('event-invalid', '', { errors: [{ field, message }] });
