import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { importJWK, type JWK, SignJWT } from 'jose';
import people from '../../api/development-people.json' with { type: 'json' };
import type { Bench } from './bench.ts';

/** One answer of the API, or a connection that was lost. */
export interface Answered {
  call: string;
  api: number;
  from: number;
  to: number;
  status?: number;
  contentType?: string;
  body?: any;
}

export interface Sent {
  body?: unknown;
  headers?: Record<string, string>;
}

/** A caller of the API, as careful as one should be: what was lost or unavailable is sent again, the same. */
export interface Caller {
  call(person: string, method: string, path: string, sent?: Sent): Promise<{ status: number; body: any }>;
  /** Everything that was ever answered. */
  answered: Answered[];
}

const waitsMs = 15_000;
const triesForMs = 150_000;

export function createCaller({ apis, home }: Bench): Caller {
  const answered: Answered[] = [];
  const tokens = new Map<string, Promise<string>>();
  const tokenOf = (person: string, api: number) => {
    const key = `${person}/${api}`;
    tokens.set(key, tokens.get(key) ?? sign(home, person, apis[api]!.issuer));
    return tokens.get(key)!;
  };

  const once = async (person: string, method: string, at: string, { body, headers }: Sent, api: number) => {
    const from = Date.now();
    const answer: Answered = { call: `${method} ${at}`, api, from, to: from };
    answered.push(answer);
    try {
      const response = await fetch(`${apis[api]!.url}${at}`, {
        method,
        headers: {
          authorization: `Bearer ${await tokenOf(person, api)}`,
          'content-type': 'application/json',
          ...headers,
        },
        signal: AbortSignal.timeout(waitsMs),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      const contentType = response.headers.get('content-type') ?? '';
      const isJson = /[/+]json\b/.test(contentType);
      Object.assign(answer, { status: response.status, contentType });
      const said = isJson && text ? (JSON.parse(text) as unknown) : text;
      if (response.status >= 400) answer.body = said;
      return { status: response.status, body: said };
    } catch {
      return undefined; // the connection was lost, or nothing came
    } finally {
      answer.to = Date.now();
    }
  };

  let turn = 0;
  return {
    answered,
    async call(person, method, at, sent = {}) {
      for (const end = Date.now() + triesForMs; ;) {
        const answer = await once(person, method, at, sent, turn++ % apis.length);
        if (answer && answer.status < 500 && answer.status !== 429) return answer;
        if (Date.now() > end) throw new Error(`${method} ${at}: no answer within ${triesForMs / 1_000} s`);
        await delay(250);
      }
    },
  };
}

/** As the development identity provider signs: whom it does not know is in no role. */
async function sign(home: string, person: string, issuer: string): Promise<string> {
  const jwk = JSON.parse(readFileSync(path.join(home, 'development-identity.json'), 'utf8')) as JWK;
  const roles = people.find((one) => one.person === person)?.roles ?? [];
  return new SignJWT({ roles })
    .setProtectedHeader({ alg: 'ES256', kid: jwk.kid!, typ: 'at+jwt' })
    .setSubject(person)
    .setIssuer(issuer)
    .setAudience('baton')
    .setIssuedAt()
    .setExpirationTime('8h')
    .sign(await importJWK(jwk, 'ES256'));
}
