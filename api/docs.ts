import { createRequire } from 'node:module';
import path from 'node:path';
import express, { type Router } from 'express';
import helmet from 'helmet';

const assets = path.dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Baton API</title>
    <link rel="icon" type="image/png" href="/docs/favicon-32x32.png" />
    <link rel="stylesheet" href="/docs/swagger-ui.css" />
  </head>
  <body>
    <div id="swagger-ui"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`;
const script = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#swagger-ui', deepLinking: true, validatorUrl: null });\n`;

/** The API's description as a page. Everything it loads is served from here. */
export function docs(): Router {
  const router = express.Router();
  const self = ["'self'"];
  const directives = {
    ...{ defaultSrc: ["'none'"], scriptSrc: self, styleSrc: self, imgSrc: [...self, 'data:'], connectSrc: self },
    ...{ baseUri: ["'none'"], formAction: ["'none'"], frameAncestors: ["'none'"] },
  };
  router.use(helmet.contentSecurityPolicy({ useDefaults: false, directives }));
  router.get('/', (_req, res) => void res.type('html').send(page));
  router.get('/start.js', (_req, res) => void res.type('text/javascript').send(script));
  for (const file of ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png']) {
    router.get(`/${file}`, (_req, res) => res.sendFile(path.join(assets, file), { maxAge: '1 day' }));
  }
  return router;
}
