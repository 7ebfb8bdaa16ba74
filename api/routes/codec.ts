import type { Payload } from '@temporalio/common';
import { z } from 'zod';
import { bearerOf } from '../authentication.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../problems.ts';
import { route } from '../route.ts';

export const codecCookie = 'baton_codec';

const Payloads = z.object({
  payloads: z
    .array(z.object({ metadata: z.record(z.string(), z.base64()).default({}), data: z.base64().optional() }))
    .max(10_000)
    .default([]),
});
/** What the Web UI adds to the address; payloads of ours are never stored elsewhere. */
const FromUi = z.strictObject({ preserveStorageRefs: z.enum(['true', 'false']).optional() });
type Shown = z.output<typeof Payloads>['payloads'][number];

const fromJson = ({ metadata, data }: Shown): Payload => ({
  metadata: Object.fromEntries(Object.entries(metadata).map(([key, value]) => [key, Buffer.from(value, 'base64')])),
  ...(data === undefined ? {} : { data: Buffer.from(data, 'base64') }),
});
const toJson = ({ metadata, data }: Payload) => ({
  metadata: Object.fromEntries(
    Object.entries(metadata ?? {}).map(([key, value]) => [key, Buffer.from(value).toString('base64')]),
  ),
  ...(data ? { data: Buffer.from(data).toString('base64') } : {}),
});

const transform = (way: 'encode' | 'decode', summary: string) =>
  route({
    method: 'post',
    path: `/codec/${way}`,
    summary,
    who: ['auditor', 'admin'],
    query: FromUi,
    body: Payloads,
    bodyLimit: 8 * 1024 * 1024,
    fromUi: 'with cookie',
    answers: { 200: { description: 'As many payloads as came', schema: Payloads } },
    problems: ['payload-unreadable'],
    async answer({ body }, deps) {
      return { status: 200, body: { payloads: await through(deps, way, body.payloads) } };
    },
  });

async function through({ codec }: Deps, way: 'encode' | 'decode', payloads: Shown[]) {
  if (!codec) return payloads;
  try {
    return (await codec[way](payloads.map(fromJson))).map(toJson);
  } catch {
    throw new Problem('payload-unreadable');
  }
}

export const decode = transform('decode', "Make Temporal's payloads readable, for its Web UI");
export const encode = transform('encode', 'Encrypt payloads that the Temporal Web UI sends');

export const signIn = route({
  method: 'post',
  path: '/codec/sign-in',
  summary: 'Let this browser read payloads in the Temporal Web UI, as long as the token is valid',
  who: ['auditor', 'admin'],
  fromUi: true,
  answers: { 204: { description: 'Signed in, by a cookie that scripts cannot read' } },
  problems: [],
  async answer({ headers }, { production }) {
    return { status: 204, headers: { 'set-cookie': codecCookieFor(bearerOf(headers.authorization), production) } };
  },
});

export const codecCookieFor = (token: string, production: boolean): string =>
  `${codecCookie}=${token}; Path=/codec; HttpOnly; SameSite=Strict; Max-Age=28800${production ? '; Secure' : ''}`;
