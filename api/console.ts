import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import compression from 'compression';
import express, { type RequestHandler, type Response, type Router } from 'express';

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
  issuer(): string;
}

/** Whether `npm run build` has built it. */
export const isBuilt = (): boolean => existsSync(`${built}index.html`);

/** The console: one page for every path that it has, and the files which that page loads. */
export function consolePages(options: ConsoleOptions): Router {
  const router = express.Router();
  const page = readFileSync(`${built}index.html`, 'utf8');
  const files = express.static(`${built}assets`, { immutable: true, maxAge: '365 days', index: false });
  router.use('/assets', compression(), files, (_req, _res, next) => next());
  router.get('/favicon.svg', (_req, res) => res.sendFile(`${built}favicon.svg`, { maxAge: '1 day' }));
  return router.all(pagePaths, ((req, res, next) => {
    if (!['GET', 'HEAD'].includes(req.method)) return next();
    res.vary('accept');
    if (req.accepts(['json', 'html']) !== 'html') return next();
    sendPage(res, page, options);
  }) satisfies RequestHandler);
}

function sendPage(res: Response, page: string, { issuer }: ConsoleOptions): void {
  const nonce = randomBytes(18).toString('base64');
  const connect = ["'self'", ...(URL.canParse(issuer()) ? [new URL(issuer()).origin] : [])];
  const directives = [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${[...new Set(connect)].join(' ')}`,
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
    .send(page.replaceAll(noncePlace, nonce));
}
