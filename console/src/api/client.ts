import type { Api } from './generated/api.d.ts';
import { ApiProblem } from './problem.ts';
import { bearer, isNew, signIn } from './session.ts';

export { ApiProblem };

/** Each call of the API by its method and path, with what it takes and answers: generated from the API's own description. */
export type Call = keyof Api;
export type Answer<C extends Call> = Api[C]['answer'];
export type Query<C extends Call> = Api[C]['query'];
export type Body<C extends Call> = Api[C]['body'];

type Params<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}` ? Name | Params<Rest> : never;

export interface Sends<C extends Call> {
  /** What stands in the places of the path. */
  params?: Record<Params<C>, string>;
  query?: Query<C>;
  body?: Body<C>;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

const underWay = new Map<string, Promise<unknown>>();

/**
 * Calls the API as whoever is signed in. What changes something is sent once, however often it is asked for before the answer is
 * there: a click too many is no second comment. Throws `ApiProblem`.
 */
export function call<C extends Call>(what: C, sends: Sends<C> = {}): Promise<Answer<C>> {
  if (what.startsWith('GET ')) return answerTo(what, sends);
  const key = JSON.stringify([what, sends]);
  const before = underWay.get(key) as Promise<Answer<C>> | undefined;
  if (before) return before;
  const answer = answerTo(what, sends).finally(() => underWay.delete(key));
  underWay.set(key, answer);
  return answer;
}

async function answerTo<C extends Call>(what: C, sends: Sends<C>): Promise<Answer<C>> {
  const response = await send(what, sends);
  return (response.status === 204 ? undefined : await response.json()) as Answer<C>;
}

/** The same, for answers that are no JSON, or that come bit by bit. */
export async function send<C extends Call>(what: C, { params, query, body, headers, signal }: Sends<C> = {}) {
  const [method, path] = what.split(' ') as [string, string];
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name) =>
    encodeURIComponent((params as Record<string, string> | undefined)?.[name] ?? ''),
  );
  const token = bearer();
  if (!token) return signInAgain();
  const response = await fetch(filled + searchOf(query ?? {}), {
    method,
    headers: {
      accept: 'application/json',
      'accept-language': document.documentElement.lang,
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw new ApiProblem(0, { code: 'offline' });
  });
  if (response.status === 401 && !isNew(token)) return signInAgain();
  if (!response.ok) throw new ApiProblem(response.status, await response.json().catch(() => ({})));
  return response;
}

/** The page is left, so that nothing comes after it. Throws `ApiProblem` where nobody can sign in now. */
async function signInAgain(): Promise<never> {
  await signIn();
  return new Promise<never>(() => undefined);
}

function searchOf(query: object): string {
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const search = new URLSearchParams(pairs.map(([name, value]) => [name, String(value)])).toString();
  return search === '' ? '' : `?${search}`;
}
