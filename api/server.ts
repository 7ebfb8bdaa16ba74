import compression from 'compression';
import express, { type Express } from 'express';
import helmet from 'helmet';
import { consolePages, isBuilt, noSuchPage } from './console.ts';
import type { Deps } from './deps.ts';
import { developmentCodec } from './development-codec.ts';
import { docs } from './docs.ts';
import { askedIn } from './language.ts';
import { mount } from './mount.ts';
import { observe } from './observe.ts';
import { Problem } from './problems.ts';
import { refuse } from './refuse.ts';
import { routes } from './routes.ts';

/** The API over HTTP. It connects nowhere by itself: what it needs is passed in. */
export function createApp(deps: Deps): Express {
  const app = express().disable('x-powered-by').disable('etag').set('query parser', 'simple');
  app.set('trust proxy', deps.limits.proxies);
  app.use(observe, askedIn);
  app.use(
    helmet({
      contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
      strictTransportSecurity: deps.production,
      crossOriginResourcePolicy: { policy: 'same-site' },
    }),
  );
  app.use('/docs', docs());
  if (isBuilt()) app.use(consolePages(deps.signIn));
  app.use('/words', compression()); // alike for everybody, so that its length tells nothing
  app.use((_req, res, next) => {
    res.set('cache-control', 'no-store');
    next();
  });
  app.use((req, _res, next) => {
    checkHeaders(req.headersDistinct);
    next();
  });
  if (deps.identity && !deps.production) app.use('/dev/identity', deps.identity.router).use(developmentCodec(deps));
  if (deps.mailSink && !deps.production)
    app.get('/dev/mail', (_req, res) => void res.json({ mails: deps.mailSink!.mails() }));
  mount(app, routes, deps);
  if (isBuilt()) app.use(noSuchPage(deps.signIn));
  app.use(() => {
    throw new Problem('not-found', 'There is no such path');
  });
  return app.use(refuse(deps.report));
}

/** Node joins what is there twice, so that one could be read for the other. Throws `Problem`. */
function checkHeaders(headers: NodeJS.Dict<string[]>): void {
  const single = /^(ce-.*|webhook-.*|idempotency-key)$/;
  const field = Object.keys(headers).find((name) => single.test(name) && headers[name]!.length > 1);
  if (field) throw new Problem('header-repeated', '', { errors: [{ field, message: 'is there twice' }] });
}
