import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ComponentType, createElement, type PropsWithChildren } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { createServer, type ViteDevServer } from 'vite';

type Language = 'en' | 'de';

describe('A value that came from outside, on a page', function () {
  this.timeout(60_000);
  let server: ViteDevServer;
  let Value: ComponentType<{ value: unknown; schema?: object | undefined }>;
  let LanguageProvider: ComponentType<PropsWithChildren>;
  before(async () => {
    const root = fileURLToPath(new URL('../../console', import.meta.url));
    server = await createServer({
      ...{ root, configFile: `${root}/vite.config.ts`, logLevel: 'warn', appType: 'custom' },
      ...{ server: { middlewareMode: true, hmr: false, ws: false, watch: null }, optimizeDeps: { noDiscovery: true } },
    });
    ({ Value } = (await server.ssrLoadModule('/src/shared/value.tsx')) as { Value: typeof Value });
    const language = await server.ssrLoadModule('/src/language/language.tsx');
    LanguageProvider = language['LanguageProvider'] as typeof LanguageProvider;
  });
  after(async () => {
    await server?.close();
    Reflect.deleteProperty(globalThis, 'localStorage');
  });

  /** As HTML, which the browser would be given. */
  function shows(language: Language, value: unknown, schema?: object): string {
    const localStorage = { getItem: () => language }; // where the page keeps the language that the reader chose
    Object.defineProperty(globalThis, 'localStorage', { value: localStorage, configurable: true });
    const shown = createElement(LanguageProvider, null, createElement(Value, { value, schema }));
    const client = createElement(QueryClientProvider, { client: new QueryClient() }, shown);
    return renderToStaticMarkup(createElement(MantineProvider, null, client));
  }

  const textOf = (html: string) =>
    html
      .replaceAll(/<(style|script)[^>]*>.*?<\/\1>/gs, '')
      .replaceAll(/<[^>]+>/g, ' ')
      .replaceAll(/\s+/g, ' ')
      .replaceAll('&nbsp;', ' ')
      .trim();
  const says = (language: Language, value: unknown, schema?: object) => textOf(shows(language, value, schema));

  const amount = { type: 'integer', 'x-unit': 'minor' };
  const terms = {
    type: 'object',
    properties: {
      orderId: { type: 'string' },
      payouts: { type: 'array', items: { type: 'object', properties: { amount, currency: { type: 'string' } } } },
      amount,
      until: { anyOf: [{ type: 'string', format: 'date' }, { type: 'null' }] },
      reason: { type: 'string', enum: ['no-longer-needed', 'other'] },
      confirmed: { type: 'boolean' },
    },
  };

  it('says amounts in the form of their currency, also where the currency stands only beside other amounts', () => {
    const value = { payouts: [{ amount: 123_450, currency: 'EUR' }], amount: 123_450 };
    assert.match(says('en', value, terms), /Payouts Amount €1,234.50 Amount €1,234.50/);
    assert.match(says('de', value, terms), /Amount 1\.234,50 €/);
    assert.match(says('en', { amount: 500, currency: 'JPY' }, terms), /Amount ¥500/);
    assert.doesNotMatch(says('en', value, terms), /Currency/);
  });

  it('says days, yes and no, words that are declared, and what is not there', () => {
    const value = { until: '2026-03-09', confirmed: false, reason: 'no-longer-needed' };
    assert.equal(says('en', value, terms), 'Until Mar 9, 2026 Confirmed No Reason No longer needed');
    assert.match(says('de', value, terms), /Until 09\.03\.2026 Confirmed Nein/);
    assert.equal(says('en', { until: null }, terms), 'Until none');
    assert.equal(says('en', { until: null, orderId: '' }, terms), 'Nothing for Until, Order id');
  });

  it('leaves a number that is declared as no amount as it is, and takes one for an amount that nothing declares', () => {
    const count = { type: 'object', properties: { value: { type: 'integer' } } };
    assert.equal(says('en', { value: 1_200, currency: 'EUR' }, count), 'Value 1,200 Currency EUR');
    assert.equal(says('en', { value: 1_200, currency: 'EUR' }), 'Value €12.00');
  });

  it('shows markup and addresses as the text that they are', () => {
    const html = shows('en', { note: '<img src=x onerror=alert(1)> https://evil.example/ javascript:alert(1)' });
    assert.doesNotMatch(html, /<img|<a /);
    assert.match(html, /&lt;img src=x onerror=alert\(1\)&gt; https:\/\/evil.example\//);
  });

  it('folds a long text at a word, and offers the rest', () => {
    const html = shows('en', `${'word '.repeat(300)}the end`);
    assert.match(textOf(html), /word … Show all of it$/);
    assert.doesNotMatch(textOf(html), /the end/);
  });

  it('chooses the shape that a line has where several are allowed', () => {
    const wishes = {
      type: 'array',
      items: {
        anyOf: [
          { type: 'object', properties: { action: { const: 'return' }, worth: amount } },
          { type: 'object', properties: { action: { const: 'other' }, worth: { type: 'integer' } } },
        ],
      },
    };
    const said = says(
      'en',
      [
        { action: 'return', worth: 200, currency: 'EUR' },
        { action: 'other', worth: 200 },
      ],
      wishes,
    );
    assert.match(said, /Return €2.00 Other 200/);
  });

  it('is the same day west of Greenwich', async () => {
    const { date } = await server.ssrLoadModule('/src/shared/when.ts');
    const before = process.env['TZ'];
    process.env['TZ'] = 'America/Los_Angeles';
    try {
      assert.equal((date as (day: string, language: Language) => string)('2026-03-01', 'en'), 'Mar 1, 2026');
    } finally {
      if (before === undefined) delete process.env['TZ'];
      else process.env['TZ'] = before;
    }
  });
});
