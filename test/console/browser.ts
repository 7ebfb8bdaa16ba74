import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { isBuilt } from '../../api/console.ts';

/** Chromium as Debian and Ubuntu install it, or the one that `CHROMIUM` names. */
const executablePath = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (path) => path && existsSync(path),
);

/** Why the console cannot be tried here; `undefined` where it can. */
export const whyNoBrowser = (): string | undefined => {
  if (!executablePath) return 'there is no Chromium (apt-get install chromium, or CHROMIUM=/path/to/it)';
  return isBuilt() ? undefined : 'the console is not built (npm run build)';
};

export function launchBrowser(): Promise<Browser> {
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []; // Chromium refuses root its sandbox
  return chromium.launch({ executablePath: executablePath!, args });
}

/** A Chromium for the tests of one file. Skips them, with the reason, where there is none. */
export function browserOf(suite: Mocha.Suite): () => Browser {
  let browser: Browser | undefined;
  suite.beforeAll(async function () {
    const why = whyNoBrowser();
    if (why) {
      console.log(`    skipped: ${why}`);
      this.skip();
    }
    browser = await launchBrowser();
  });
  suite.afterAll(async () => browser?.close());
  return () => browser!;
}

export interface Looks {
  language?: 'en' | 'de';
  colours?: 'light' | 'dark';
  width?: number;
  height?: number;
  /** As for who is here for the first time: with the tour. */
  tour?: boolean;
}

/** What a page complained of: violations of its Content-Security-Policy, errors on its console, scripts that threw. */
export interface Visit {
  page: Page;
  context: BrowserContext;
  complaints: string[];
  /** Opens a path of the console as whoever is signed in. */
  open(path: string): Promise<void>;
  close(): Promise<void>;
}

/** Signs in as one of the development people, on a browser of their own, and opens `path`. */
export async function visit(
  browser: Browser,
  url: string,
  person: string,
  path = '/handoffs',
  { language = 'en', colours = 'light', width = 1280, height = 900, tour = false }: Looks = {},
): Promise<Visit> {
  const context = await browser.newContext({
    ...{ locale: language, colorScheme: colours, viewport: { width, height }, reducedMotion: 'reduce' },
    timezoneId: 'Europe/Berlin',
  });
  if (!tour) await context.addInitScript(`localStorage.setItem('baton.tour', 'over')`);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    // A refusal that the page shows in words is no fault of the page.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(url + path);
  await page.getByRole('button', { name: new RegExp(`^${person}\\b`, 'i') }).click();
  await page.waitForURL((at) => at.pathname !== '/signed-in' && !at.pathname.startsWith('/dev/'));
  return {
    ...{ page, context, complaints },
    open: async (to) => void (await page.goto(url + to)),
    close: () => context.close(),
  };
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Found {
  violations: { id: string; help: string; nodes: { html: string; failureSummary: string }[] }[];
}

/** Nothing that axe finds, and nothing that the page complained of. */
export async function assertSound({ page, complaints }: Visit, where: string): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.evaluate(axe);
  const { violations } = (await page.evaluate('axe.run()')) as Found;
  const found = violations.map(
    ({ id, help, nodes }) =>
      `${id} (${help}): ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('\n')}`,
  );
  assert.deepEqual([...found, ...complaints], [], where);
}
