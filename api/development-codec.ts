import type { RequestHandler } from 'express';
import type { Deps } from './deps.ts';

/**
 * `/dev/codec/…` is `/codec/…` for the pages of the Web UI alone, read as an auditor of the development people, so that nothing
 * is to be typed or signed in there. Whoever reaches a development API is given any token anyway.
 */
export const developmentCodec =
  ({ identity, allowedOrigins }: Deps): RequestHandler =>
  async (req, _res, next) => {
    if (identity && req.url.startsWith('/dev/codec/')) {
      const { origin } = req.headers;
      req.url = req.url.slice('/dev'.length);
      if (origin !== undefined && allowedOrigins.includes(origin))
        req.headers.authorization ??= `Bearer ${await identity.tokenFor('ada')}`;
    }
    next();
  };
