import { AsyncLocalStorage } from 'node:async_hooks';
import type { RequestHandler } from 'express';
import { z } from 'zod';
import { type Language, languages } from '../outbound/wording.ts';
import { germanOf } from './zod-german.ts';

const asked = new AsyncLocalStorage<Language>();

/** The language of the call that is being answered: what its `Accept-Language` likes best of what there is, else English. */
export const languageAsked = (): Language => asked.getStore() ?? 'en';

/** Everything that answers a call knows its language. */
export const askedIn: RequestHandler = (req, _res, next) => {
  const wanted = req.acceptsLanguages([...languages]);
  asked.run(languages.find((one) => one === wanted) ?? 'en', next);
};

const { localeError: english } = z.locales.en();
z.config({ localeError: (issue) => (languageAsked() === 'de' ? germanOf(issue) : english(issue)) });
