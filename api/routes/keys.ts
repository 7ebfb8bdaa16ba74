import { z } from 'zod';
import { text } from '../../core/declare/values.ts';
import { addKey, listKeys, type ListedKey, revokeKey, rotateKey } from '../../store/keys.ts';
import type { Deps } from '../deps.ts';
import { newSecret, scopes } from '../keys.ts';
import { Problem } from '../problems.ts';
import { route } from '../route.ts';
import type { Sentence } from '../sentences.ts';

/** In days and in seconds. */
const longestLife = 366;
const longestOverlap = 7 * 24 * 3_600;

const Name = text(100).regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be small letters, digits and single hyphens');

const Key = z.object({
  id: z.string(),
  name: z.string(),
  scopes: z.array(z.string()),
  madeBy: z.string().describe('Who made it, or last rotated it; it ends with them'),
  madeAt: z.date(),
  rotatedAt: z.date().nullable(),
  expiresAt: z.date(),
  lastUsedAt: z.date().nullable().describe('To the minute'),
  revokedAt: z.date().nullable(),
  revokedBy: z.string().nullable(),
});
const Secret = Key.extend({ key: z.string().describe('The bearer token; it is shown this once') });

const withSecret = (key: ListedKey, token: string) => ({ ...key, key: token });

export const make = route({
  method: 'post',
  path: '/keys',
  summary: 'Make a key for a machine; its secret is answered this once',
  who: ['admin'],
  body: z.strictObject({
    name: Name.describe('Its cases bear it as their requester, `key:<name>`'),
    scopes: z
      .array(text(200))
      .min(1)
      .max(100)
      .describe('`cases.start:<process>`, `cases.read:<process>`, `events.send:<process>`; or `scim` alone'),
    expiresAt: z.iso.datetime({ offset: true }).describe(`Within ${longestLife} days`),
  }),
  answers: { 201: { description: 'The key', schema: Secret } },
  problems: ['key-exists', 'request-invalid'],
  async answer({ caller, body }, { pool, definitions }) {
    const { name, expiresAt } = body;
    const given = [...new Set(body.scopes)];
    requireKnown(given, definitions);
    requireLife(new Date(expiresAt));
    const { id, token, hash } = newSecret();
    const life = { madeBy: caller.person, expiresAt: new Date(expiresAt) };
    const key = await addKey(pool, { id, name, scopes: given, hash, ...life });
    if (!key) throw new Problem('key-exists', '', { errors: [{ field: '/name', message: 'is taken' }] });
    return { status: 201, headers: { location: `/keys/${id}` }, body: withSecret(key, token) };
  },
});

export const list = route({
  method: 'get',
  path: '/keys',
  summary: 'The keys of machines, newest first: what each is for, when it was last used, when it ends; no secret',
  who: ['admin'],
  answers: { 200: { description: 'The keys', schema: z.object({ keys: z.array(Key) }) } },
  problems: [],
  answer: async (_call, { pool }) => ({ status: 200, body: { keys: await listKeys(pool) } }),
});

export const rotate = route({
  method: 'post',
  path: '/keys/{keyId}/rotation',
  summary: 'Give a key a new secret; the old one goes on for a while',
  who: ['admin'],
  body: z.strictObject({
    overlapSeconds: z.int().min(0).max(longestOverlap).default(3_600).describe('How long the old secret still counts'),
  }),
  bodyOptional: true,
  answers: { 200: { description: 'The key', schema: Secret } },
  problems: ['not-found'],
  async answer({ caller, params, body }, { pool }) {
    const { id, token, hash } = newSecret(params['keyId']!);
    const key = await rotateKey(pool, id, caller.person, hash, body.overlapSeconds);
    if (!key) throw new Problem('not-found', 'There is no such key, it has expired or it was revoked');
    return { status: 200, body: withSecret(key, token) };
  },
});

export const revoke = route({
  method: 'delete',
  path: '/keys/{keyId}',
  summary: 'Revoke a key: from now on no call with it is taken',
  who: ['admin'],
  answers: { 200: { description: 'The key', schema: Key } },
  problems: ['not-found'],
  async answer({ caller, params }, { pool }) {
    const key = await revokeKey(pool, params['keyId']!, caller.person);
    if (!key) throw new Problem('not-found');
    return { status: 200, body: key };
  },
});

/** Throws `Problem` `request-invalid`. */
function requireKnown(given: readonly string[], definitions: Deps['definitions']): void {
  const processes = Object.values(definitions).filter(({ internal }) => !internal);
  const known = new Set(
    scopes.flatMap((one) => (one === 'scim' ? one : processes.map(({ name }) => `${one}:${name}`))),
  );
  const unknown = given.findIndex((scope) => !known.has(scope));
  if (unknown >= 0) throw invalid(`/scopes/${unknown}`, 'is no scope of a declared process');
  if (given.includes('scim') && given.length > 1) throw invalid('/scopes', 'holds scim, which stands alone');
}

/** Throws `Problem` `request-invalid`. */
function requireLife(expiresAt: Date): void {
  const days = (expiresAt.getTime() - Date.now()) / 86_400_000;
  if (!(days > 0 && days <= longestLife))
    throw invalid('/expiresAt', `must be in the future and within ${longestLife} days`);
}

const invalid = (field: string, message: Sentence) =>
  new Problem('request-invalid', '', { errors: [{ field, message }] });
