import assert from 'node:assert/strict';
import { at, waitingCase, world, type World } from '../api/world.ts';
import { browserOf, visit } from './browser.ts';

describe('The console where something is not as it should be', function () {
  this.timeout(120_000);
  const browser = browserOf(this);
  let here: World;
  before(async () => void (here = await world()));
  after(() => here?.close());

  it('does not go round between the API and the issuer where a token that is new is refused', async () => {
    const context = await browser().newContext({ locale: 'en' });
    const page = await context.newPage();
    let signIns = 0;
    page.on('request', (request) => void (request.url().includes('/authorize') && signIns++));
    await page.route('**/me', (route) =>
      route.request().resourceType() === 'document'
        ? route.continue()
        : route.fulfill({ status: 401, json: { code: 'unauthenticated', title: 'The token is not valid' } }),
    );
    await page.goto(`${here.api.url}/handoffs`);
    await page.getByRole('button', { name: /^leo\b/i }).click();
    await page.getByRole('alert').waitFor();
    assert.ok(signIns <= 4, `${signIns} requests to sign in`);
    await context.close();
  });

  it('keeps its frame where a page fails: one can go elsewhere', async () => {
    const visited = await visit(browser(), here.api.url, 'rita', '/handoffs');
    const { page } = visited;
    await page.route('**/processes/refund', async (route) => {
      const response = await route.fetch();
      const body = await response.json();
      body.request.properties.message = { type: 'tensor' };
      await route.fulfill({ response, json: body });
    });
    await page.goto(`${here.api.url}/requests/new/refund`);
    await page.getByRole('alert').waitFor();
    await page.getByRole('link', { name: 'Inbox' }).click();
    await page.getByRole('heading', { level: 1, name: 'Inbox' }).waitFor();
    await visited.close();
  });

  it('says that there is nothing at an address that cannot be read', async () => {
    const visited = await visit(browser(), here.api.url, 'leo', '/handoffs');
    await visited.page.getByRole('heading', { level: 1, name: 'Inbox' }).waitFor();
    await visited.page.evaluate(`history.pushState(null, '', '/handoffs/%E0%A4%A')`);
    await visited.page.getByText('There is nothing here').waitFor();
    await visited.page.getByRole('link', { name: 'Inbox' }).click();
    await visited.page.getByRole('heading', { level: 1, name: 'Inbox' }).waitFor();
    await visited.close();
  });

  it('shows a text that turns its direction without turning what stands beside it', async () => {
    const name = '\u202e005 RUE';
    await waitingCase(here.pool, `R-${name}`);
    const visited = await visit(browser(), here.api.url, 'leo', '/handoffs');
    const { page } = visited;
    const row = page.getByRole('listitem').filter({ hasText: '005 RUE' });
    await row.waitFor();
    const shown = await row.innerText();
    assert.doesNotMatch(shown, /\u202e/, shown);
    await row.getByText('Refund €600.00 for request').waitFor(); // in the currency of what is paid
    await visited.close();
  });

  it('lets a name of one long word reach no further than the edge of a phone', async () => {
    const { id, caseId } = await waitingCase(here.pool, 'Versicherungsgesellschaft'.repeat(6));
    const looks = { width: 390, height: 800, language: 'de' } as const;
    const visited = await visit(browser(), here.api.url, 'leo', '/handoffs', looks);
    for (const path of [`/handoffs/${at(id)}`, `/cases/${at(caseId)}`, '/handoffs']) {
      await visited.open(path);
      await visited.page.getByText('Versicherungsgesellschaft').first().waitFor();
      assert.equal(await visited.page.evaluate('document.scrollingElement.scrollWidth'), 390, path);
    }
    await visited.close();
  });
});
