import assert from 'node:assert/strict';
import type { BrowserContext, Page } from 'playwright-core';
import { serverProxy } from '../api/server-proxy.ts';
import { at, waitingCase, world, type World } from '../api/world.ts';
import { until } from '../world.ts';
import { assertSound, browserOf, visit } from './browser.ts';

const row = (page: Page, key: string) => page.getByRole('listitem').filter({ hasText: key });

/** Each time that a page of this browser began to follow what changes. */
function followed(context: BrowserContext): string[] {
  const began: string[] = [];
  context.on('request', (request) => {
    if (new URL(request.url()).pathname === '/changes') began.push(request.headers()['authorization'] ?? '');
  });
  return began;
}

describe('What changes while somebody looks', function () {
  this.timeout(120_000);
  const browser = browserOf(this);
  let here: World;
  before(async () => {
    here = await world();
    for (let n = 10; n < 20; n++) await waitingCase(here.pool, `L-${n}`);
  });
  after(() => here?.close());
  const claim = async (key: string, as = 'leo') => {
    const path = `/handoffs/${at(`refund/${key}/review-1`)}/claim`;
    const got = await here.call('POST', path, { as, body: { version: 1 } });
    assert.equal(got.status, 200, got.text);
  };

  it('reaches all pages of a browser by one connection; when its page is closed, by another’s', async () => {
    const visited = await visit(browser(), here.api.url, 'leo', '/me');
    const { page: first, context } = visited;
    const began = followed(context);
    await first.goto(`${here.api.url}/handoffs`);
    await row(first, 'L-10').waitFor();
    await until(async () => began.length === 1, 'the first follows');
    const second = await context.newPage();
    await second.goto(`${here.api.url}/handoffs`);
    await row(second, 'L-10').waitFor();
    await claim('L-10');
    for (const page of [first, second]) await row(page, 'L-10').getByText('With you').waitFor();
    assert.equal(began.length, 1, 'there is one connection');
    await first.close();
    await until(async () => began.length === 2, 'the second follows');
    await claim('L-11');
    await row(second, 'L-11').getByText('With you').waitFor();
    await visited.close();
  });

  it('is asked for again when the connection was lost, and the page says so meanwhile', async () => {
    const proxy = await serverProxy(new URL(here.api.url).host);
    await proxy.comeBack();
    const visited = await visitThrough(`http://${proxy.address}`);
    const { page } = visited;
    await row(page, 'L-12').waitFor();
    await page.waitForTimeout(300);
    await proxy.goAway();
    await page.getByRole('status').getByText('Connection lost').waitFor();
    assert.ok(await row(page, 'L-12').isVisible(), 'what is there stays');
    await claim('L-12');
    await proxy.comeBack();
    await page.getByRole('status').getByText('Connected again').waitFor();
    await row(page, 'L-12').getByText('With you').waitFor();
    await assertSound(visited, 'connected again');
    await visited.context.close();
    await proxy.goAway();
  });

  it('stops when somebody’s time here has ended, and says so', async () => {
    const visited = await visit(browser(), here.api.url, 'leo');
    await row(visited.page, 'L-13').waitFor();
    await visited.page.waitForTimeout(300);
    await here.call('PUT', '/people/leo/active', { as: 'amos', body: { active: false } });
    await waitingCase(here.pool, 'L-20');
    await visited.page.getByRole('status').getByText('Updates have stopped').waitFor();
    assert.equal(await row(visited.page, 'L-20').count(), 0);
    await visited.close();
  });

  /** The issuer stays where it is, at another address than the page: here it lets that page ask. */
  async function visitThrough(url: string) {
    const context = await browser().newContext({ locale: 'en' });
    await context.route(`${here.api.url}/dev/identity/**`, async (route) => {
      if (route.request().resourceType() === 'document') return route.continue();
      const response = await route.fetch();
      await route.fulfill({ response, headers: { ...response.headers(), 'access-control-allow-origin': '*' } });
    });
    const page = await context.newPage();
    await page.goto(`${url}/handoffs`);
    await page.getByRole('button', { name: /^leo\b/i }).click();
    return { page, context, complaints: [], open: async () => undefined, close: () => context.close() };
  }
});
