import assert from 'node:assert/strict';
import { get } from 'node:http';
import { waitingCase, world, type World } from '../api/world.ts';
import { browserOf, visit } from './browser.ts';

const atMostBytes = 280 * 1024;

/** As many as go over the network to a browser. */
const bytesOf = (url: string): Promise<number> =>
  new Promise((resolve, reject) => {
    get(url, { headers: { 'accept-encoding': 'gzip, deflate, br' } }, (response) => {
      let bytes = 0;
      response.on('data', (piece: Buffer) => (bytes += piece.length)).on('end', () => resolve(bytes));
    }).on('error', reject);
  });

describe('The inbox, when it is opened', function () {
  this.timeout(120_000);
  const browser = browserOf(this);
  let here: World;
  before(async () => void (here = await world()));
  after(() => here?.close());

  it('loads at most 280 KB of scripts and styles, compressed, and no charts', async () => {
    await waitingCase(here.pool, 'B-1');
    const visited = await visit(browser(), here.api.url, 'leo', '/me');
    const { page } = visited;
    const urls = new Set<string>();
    page.on('request', (request) => {
      if (['script', 'stylesheet'].includes(request.resourceType())) urls.add(request.url());
    });
    await page.goto(`${here.api.url}/handoffs`);
    await page.getByRole('listitem').first().waitFor();
    await page.waitForTimeout(1_000);
    const loaded = await Promise.all(
      [...urls].map(async (url) => ({ url, bytes: await bytesOf(url), text: await (await fetch(url)).text() })),
    );
    const bytes = loaded.reduce((sum, one) => sum + one.bytes, 0);
    assert.ok(loaded.length >= 3, 'the page, its styles and the inbox');
    assert.ok(bytes > 50_000 && bytes <= atMostBytes, `${bytes} bytes`);
    assert.deepEqual(
      loaded.filter(({ text }) => text.includes('recharts')).map(({ url }) => url),
      [],
    );
    await visited.close();
  });
});
