import { createHash, randomUUID } from 'node:crypto';
import express, { type Request, type Response, type Router } from 'express';
import helmet from 'helmet';
import { z } from 'zod';
import people from './development-people.json' with { type: 'json' };
import words from './words/de.json' with { type: 'json' };
import { Problem } from './problems.ts';
import { forMachines } from './sentences.ts';

const cookie = 'baton_development_person';
const cookiePath = '/dev/identity';
const codeLivesMs = 60_000;

/** What signs tokens in: for the API, and for the page that asked (`nonce` is what it gave). */
export interface Signs {
  accessToken(person: string): Promise<{ access_token: string; expires_in: number }>;
  idToken(person: string, about: { clientId: string; nonce: string | undefined }): Promise<string>;
}

const Asked = z.object({
  response_type: z.literal('code'),
  client_id: z.string().min(1).max(200),
  redirect_uri: z.string().max(2_000),
  code_challenge: z.string().regex(/^[\w-]{43}$/),
  code_challenge_method: z.literal('S256'),
  state: z.string().max(500),
  nonce: z.string().max(500).optional(),
  prompt: z.string().optional(),
  ui_locales: z.string().max(200).optional(),
});
type Asked = z.output<typeof Asked>;

const Ending = z.object({ post_logout_redirect_uri: z.string().max(2_000).catch('/') });

const Redeemed = z.object({
  grant_type: z.literal('authorization_code'),
  code: z.string(),
  client_id: z.string(),
  redirect_uri: z.string(),
  code_verifier: z.string(),
});

/** Signing in with OpenID Connect (code and PKCE) as one of the development people, who are offered on a page. */
export function developmentSignIn(signs: Signs): Router {
  const codes = new Map<string, { person: string; asked: Asked; until: number }>();

  const sendBack = (res: Response, person: string, asked: Asked) => {
    const code = randomUUID();
    for (const [old, { until }] of codes) if (until < Date.now()) codes.delete(old);
    codes.set(code, { person, asked, until: Date.now() + codeLivesMs });
    const back = new URL(asked.redirect_uri);
    back.searchParams.set('code', code);
    back.searchParams.set('state', asked.state);
    res.redirect(303, back.href);
  };

  return express
    .Router()
    .get('/authorize', onePage, (req, res) => {
      const asked = askedIn(req);
      const person = personIn(req);
      if (person && asked.prompt !== 'select_account') return sendBack(res, person, asked);
      res
        .vary('accept-language')
        .type('html')
        .send(pageOfPeople(req.originalUrl, languageOf(req, asked)));
    })
    .post('/authorize', onePage, express.urlencoded({ extended: false, limit: '1kb' }), (req, res) => {
      const asked = askedIn(req);
      const { person } = req.body as { person?: unknown };
      if (typeof person !== 'string' || !isOneOfThem(person))
        throw new Problem('not-found', forMachines('There is no such person'));
      res.cookie(cookie, person, { httpOnly: true, sameSite: 'lax', path: cookiePath });
      sendBack(res, person, asked);
    })
    .post('/token', express.urlencoded({ extended: false, limit: '10kb' }), async (req, res) => {
      const { data } = Redeemed.safeParse(req.body);
      const given = data && codes.get(data.code);
      if (data) codes.delete(data.code);
      if (!given || given.until < Date.now() || !isWhoAsked(data, given.asked))
        return void res.status(400).json({ error: 'invalid_grant' });
      const { client_id: clientId, nonce } = given.asked;
      const [access, id_token] = await Promise.all([
        signs.accessToken(given.person),
        signs.idToken(given.person, { clientId, nonce }),
      ]);
      res.set('cache-control', 'no-store').json({ ...access, id_token, token_type: 'Bearer', scope: 'openid' });
    })
    .get('/end', (req, res) => {
      res.clearCookie(cookie, { path: cookiePath });
      res.redirect(303, whereTo(req, Ending.parse(req.query).post_logout_redirect_uri));
    });
}

function askedIn(req: Request): Asked {
  const read = Asked.safeParse(req.query);
  if (!read.success) throw new Problem('query-invalid', 'It is no request for a code with PKCE');
  return { ...read.data, redirect_uri: whereTo(req, read.data.redirect_uri) };
}

/** Codes go to this machine alone. Throws `Problem`. */
function whereTo(req: Request, uri: string): string {
  const here = `${req.protocol}://${req.get('host')}`;
  const url = URL.canParse(uri, here) ? new URL(uri, here) : undefined;
  const isHere = url && (url.origin === here || ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname));
  if (!isHere || !/^https?:$/.test(url.protocol))
    throw new Problem('query-invalid', '', { errors: [{ field: 'redirect_uri', message: 'is on another machine' }] });
  return url.href;
}

const isWhoAsked = (redeemed: z.output<typeof Redeemed>, asked: Asked) =>
  redeemed.client_id === asked.client_id &&
  redeemed.redirect_uri === asked.redirect_uri &&
  createHash('sha256').update(redeemed.code_verifier).digest('base64url') === asked.code_challenge;

const isOneOfThem = (person: string) => people.some((one) => one.person === person);

function personIn(req: Request): string | undefined {
  const pairs = (req.headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='));
  const person = pairs.find(([name]) => name === cookie)?.[1];
  return person && isOneOfThem(person) ? person : undefined;
}

const style = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
  ul { display: grid; grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr)); gap: .5rem; padding: 0; list-style: none; }
  button { width: 100%; min-height: 3.5rem; padding: .5rem .75rem; text-align: left; font: inherit; border: 1px solid GrayText; border-radius: .5rem;
    background: Canvas; color: CanvasText; cursor: pointer; }
  button:hover, button:focus-visible { outline: 2px solid Highlight; }
  b { text-transform: capitalize; }`;
const styleHash = `'sha256-${createHash('sha256').update(style).digest('base64')}'`;

/** After the form the browser is sent to the page that asked, which `form-action` would hold back where it is of another origin. */
const onePage = helmet.contentSecurityPolicy({
  useDefaults: false,
  directives: { defaultSrc: ["'none'"], styleSrc: [styleHash], baseUri: ["'none'"], frameAncestors: ["'none'"] },
});

const escaped = (text: string) => text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const texts = {
  en: {
    title: 'Sign in to Baton',
    heading: 'Sign in as',
    why: 'These people are here for development alone; production takes your own identity provider.',
  },
  de: {
    title: 'Bei Baton anmelden',
    heading: 'Anmelden als',
    why: 'Diese Personen gibt es nur in der Entwicklung; im Betrieb meldet Ihr eigener Identitätsanbieter an.',
  },
} as const;
type Language = keyof typeof texts;

/** The one that the page which asks speaks (`ui_locales`), else the browser's. */
function languageOf(req: Request, { ui_locales = '' }: Asked): Language {
  const found = ui_locales
    .split(' ')
    .map((one) => one.slice(0, 2))
    .find((one): one is Language => Object.hasOwn(texts, one));
  return found ?? (req.acceptsLanguages(['en', 'de']) === 'de' ? 'de' : 'en');
}

/** In German the roles that a person has, of which to be a requester says nothing where another says of what. */
function whatTheyDo({ does, roles }: (typeof people)[number], language: Language): string {
  if (language === 'en') return does;
  const queues: Readonly<Record<string, string>> = words.queues;
  const telling = roles.filter((role) => role !== 'requester' || roles.length === 1);
  return telling.map((role) => queues[role] ?? role).join(', ');
}

function pageOfPeople(action: string, language: Language): string {
  const { title, heading, why } = texts[language];
  const buttons = people.map((one) => {
    const { person } = one;
    const does = escaped(whatTheyDo(one, language));
    return `        <li><button name="person" value="${person}"><b>${person}</b><br />${does}</button></li>`;
  });
  return `<!doctype html>
<html lang="${language}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${title}</title>
    <style>${style}</style>
  </head>
  <body>
    <main>
    <h1>${heading}</h1>
    <p>${why}</p>
    <form method="post" action="${escaped(action)}">
      <ul>
${buttons.join('\n')}
      </ul>
    </form>
    </main>
  </body>
</html>
`;
}
