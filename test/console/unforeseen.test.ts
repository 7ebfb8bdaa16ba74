import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { at, waitingCase, world, type World } from '../api/world.ts';
import { assertSound, browserOf, visit, type Visit } from './browser.ts';

const long = 'Versicherungsgesellschaft'.repeat(6);

describe('The console where something is not as it should be', function () {
  this.timeout(120_000);
  const browser = browserOf(this);
  let here: World;
  let visited: Visit;
  let page: Page;
  before(async () => {
    here = await world();
    visited = await visit(browser(), here.api.url, 'amos', '/me');
    ({ page } = visited);
  });
  after(async () => {
    await visited?.close();
    await here?.close();
  });
  afterEach(() => page.unrouteAll({ behavior: 'ignoreErrors' }));
  const inboxIsReached = async () => {
    await page.getByRole('link', { name: 'Inbox' }).click();
    await page.getByRole('heading', { level: 1, name: 'Inbox' }).waitFor();
  };

  it('does not go round between the API and the issuer where a token that is new is refused', async () => {
    let signIns = 0;
    page.on('request', (request) => void (request.url().includes('/authorize') && signIns++));
    await page.route('**/me', (route) =>
      route.request().resourceType() === 'document'
        ? route.continue()
        : route.fulfill({ status: 401, json: { code: 'unauthenticated', title: 'The token is not valid' } }),
    );
    await visited.open('/handoffs');
    await page.getByRole('alert').waitFor();
    assert.ok(signIns <= 4, `${signIns} requests to sign in`);
  });

  it('says so where nobody answers whom people sign in with, and goes on once they do', async () => {
    await page.route('**/.well-known/openid-configuration', (route) => route.abort());
    await visited.open('/handoffs');
    await page.getByRole('alert').getByText('Where you sign in does not answer.').waitFor();
    await page.getByRole('alert').getByText('No connection').waitFor();
    await page.unrouteAll();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('button', { name: /^amos\b/i }).click();
    await page.getByRole('heading', { level: 1, name: 'Inbox' }).waitFor();
  });

  it('lets one sign in again where what was typed fills all the room that the browser gives', async () => {
    await visited.open('/handoffs');
    await page.getByRole('heading', { level: 1, name: 'Inbox' }).waitFor();
    await page.evaluate(`for (const size of [1e6, 1e5, 1e4, 1e3, 100, 10, 1])
      try {
        for (let n = 0; ; n++) sessionStorage.setItem('typed-' + size + '-' + n, 'x'.repeat(size));
      } catch {}`);
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Inbox' }).waitFor();
    await page.evaluate('sessionStorage.clear()');
  });

  it('keeps its frame where a page fails: one can go elsewhere', async () => {
    await page.route('**/queues/support-leads', async (route) => {
      if (route.request().resourceType() === 'document') return route.continue();
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...(await response.json()), calendar: null } });
    });
    await visited.open('/queues/support-leads');
    await page.getByRole('alert').getByText('That did not work').waitFor();
    await inboxIsReached();
    visited.complaints.length = 0; // of what failed
  });

  it('says that there is nothing at an address that is unknown, or cannot be read', async () => {
    for (const path of ['/nowhere', '/%E0%A4%A', '/handoffs/%E0%A4%A']) {
      await visited.open(path);
      await page.getByText('There is nothing here').first().waitFor();
      await inboxIsReached();
    }
    await visited.open('/nowhere');
    await assertSound(visited, 'an unknown address');
  });

  it('keeps a reason that is typed anywhere over a reload, in its open form, until it is cancelled', async () => {
    const forms = [
      { path: '/queues/support-leads', form: 'Change calendar and leads', reason: 'Why' },
      { path: '/processes/refund?tab=controls', form: 'Stop: This process', reason: 'Reason' },
      { path: '/me', form: 'Let somebody stand in', reason: 'Reason (optional)' },
    ];
    for (const { path, form, reason } of forms) {
      await visited.open(path);
      await page.getByRole('button', { name: form }).click();
      await page.getByRole('textbox', { name: reason }).fill('We move house.');
      await page.reload();
      await page.getByText('We move house.').waitFor();
      await page.getByRole('button', { name: /Cancel/ }).click();
      await page.reload();
      await page.getByRole('button', { name: form }).waitFor();
      assert.equal(await page.getByRole('textbox', { name: reason }).count(), 0, form);
    }
    await visited.open('/queues/support-leads');
    await page.getByRole('button', { name: 'Change calendar and leads' }).click();
    assert.equal(await page.getByRole('textbox', { name: 'Why' }).inputValue(), '', 'what was cancelled is gone');
  });

  it('shows a text that turns its direction without turning what stands beside it', async () => {
    await waitingCase(here.pool, 'R-\u202e005 RUE');
    await visited.open('/handoffs');
    const row = page.getByRole('listitem').filter({ hasText: '005 RUE' });
    await row.waitFor();
    const shown = await row.innerText();
    assert.doesNotMatch(shown, /\u202e/, shown);
    await row.getByText('Refund €600.00 for request').waitFor(); // in the currency of what is paid
  });

  it('lets a name of one long word reach no further than the edge of a phone', async () => {
    const { id, caseId } = await waitingCase(here.pool, long, { requester: long });
    const question = { to: 'requester', question: long };
    const asked = await here.call('POST', `/handoffs/${at(id)}/questions`, { as: 'leo', body: question });
    assert.equal(asked.status, 200, asked.text);
    await page.setViewportSize({ width: 390, height: 800 });
    for (const path of [`/handoffs/${at(id)}`, `/cases/${at(caseId)}`, '/handoffs', '/cases?process=refund']) {
      await visited.open(path);
      await page.getByText('Versicherungsgesellschaft').filter({ visible: true }).first().waitFor();
      assert.equal(await page.evaluate('document.scrollingElement.scrollWidth'), 390, path);
    }
  });
});
