import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import compression from 'compression';
import express, {
  type ErrorRequestHandler,
  type Request,
  type RequestHandler,
  type Response,
  type Router,
} from 'express';

const built = fileURLToPath(new URL('../console/dist/', import.meta.url));

/** What the build leaves where the nonce of each answer goes. */
const noncePlace = 'NONCE_OF_THIS_ANSWER';

/** The paths of its pages, as `console/src/pages.tsx` has them. Some are the API's as well, and `Accept` says which is meant. */
export const pagePaths = [
  ...['/', '/signed-in', '/me', '/scorecard', '/requests', '/requests/new/:process', '/questions/:id'],
  ...['/handoffs', '/handoffs/:id', '/cases', '/cases/:id'],
  ...['/processes', '/processes/:process', '/queues', '/queues/:queue'],
];

/** Where its page may connect to besides this server. */
export interface ConsoleOptions {
  origins(): Promise<readonly string[]>;
}

/** Whether `npm run build` has built it. */
export const isBuilt = (): boolean => existsSync(`${built}index.html`);

/** The console: one page for every path that it has, and the files which that page loads. */
export function consolePages(options: ConsoleOptions): Router {
  const router = express.Router();
  const files = express.static(`${built}assets`, { immutable: true, maxAge: '365 days', index: false });
  router.use('/assets', compression(), files, (_req, _res, next) => next());
  router.get('/favicon.svg', (_req, res) => res.sendFile(`${built}favicon.svg`, { maxAge: '1 day' }));
  router.all(pagePaths, (async (req, res, next) => {
    if (!wantsPage(req, res)) return next();
    await sendPage(res, options);
  }) satisfies RequestHandler);
  return router.use((async (error, req, res, next) => {
    if ((error as { status?: number }).status !== 400 || !wantsPage(req, res)) return next(error);
    await sendPage(res.status(404), options); // a path that cannot be decoded
  }) satisfies ErrorRequestHandler);
}

/** For addresses that nothing stands at: to a browser the console says so. */
export const noSuchPage = (options: ConsoleOptions) =>
  (async (req, res, next) => {
    if (!wantsPage(req, res)) return next();
    await sendPage(res.status(404), options);
  }) satisfies RequestHandler;

function wantsPage(req: Request, res: Response): boolean {
  if (!['GET', 'HEAD'].includes(req.method)) return false;
  res.vary('accept');
  return req.accepts(['json', 'html']) === 'html';
}

let page = '';

/** As it was built last; while it is being built, as before. */
function builtPage(): string {
  if (isBuilt()) page = readFileSync(`${built}index.html`, 'utf8');
  return page;
}

async function sendPage(res: Response, { origins }: ConsoleOptions): Promise<void> {
  const nonce = randomBytes(18).toString('base64');
  const directives = [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${["'self'", ...(await origins())].join(' ')}`,
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types default',
  ];
  res
    .set('content-security-policy', directives.join('; '))
    .set('cache-control', 'no-store')
    .type('html')
    .send(builtPage().replaceAll(noncePlace, nonce));
}
