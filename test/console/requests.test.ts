import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { at, waitingCase, world, type World } from '../api/world.ts';
import { assertSound, browserOf, type Looks, visit } from './browser.ts';

/** A field by its place in the request: what it is called is the business's to say. */
const field = (page: Page, pointer: string) => page.locator(`[data-at="${pointer}"]`);

const both: readonly Looks[] = [{ colours: 'light' }, { colours: 'dark', language: 'de', width: 390 }];

describe('Requests in the console', function () {
  this.timeout(90_000);
  const browser = browserOf(this);
  let here: World;
  before(async () => void (here = await world()));
  after(() => here?.close());

  const stored = async (process: string) =>
    (await here.pool.query('select request, requester, sent_by from inbox where process = $1 order by id', [process]))
      .rows;
  const openForm = (process: string, looks: Looks = {}) =>
    visit(browser(), here.api.url, 'nora', `/requests/new/${process}`, looks);
  const arrived = (page: Page) => page.waitForURL(({ pathname }) => pathname.startsWith('/cases/'));

  it('makes one case of a request that is sent twice and whose first answer is lost', async () => {
    const visited = await openForm('refund');
    const { page } = visited;
    await page.getByRole('button', { name: 'Fill in a sample' }).click();
    await page.getByText('The sample is filled in.').waitFor();
    await assertSound(visited, 'a request that is filled in');
    await field(page, '/message').fill('Two of the mugs are cracked.');
    await page.route('**/processes/refund/cases', async (route) => {
      await route.fetch();
      await route.abort();
    });
    const send = page.getByRole('button', { name: 'Send the request' });
    await send.dblclick();
    await page.getByText('No connection').waitFor();
    await page.unroute('**/processes/refund/cases');
    await page.reload();
    assert.equal(await field(page, '/message').inputValue(), 'Two of the mugs are cracked.');
    await page.getByText('is still here').waitFor();
    await send.click();
    await arrived(page);
    const requests = await stored('refund');
    assert.deepEqual(
      requests.map(({ request, requester }) => [request.message, requester]),
      [['Two of the mugs are cracked.', 'nora']],
    );
    await visited.open('/requests');
    await page.getByRole('article', { name: requests[0].request.requestId }).waitFor();
    await visited.open('/requests/new/refund'); // and the next one is another
    assert.equal(await field(page, '/message').inputValue(), '');
    await visited.close();
  });

  it('does not put what was typed before a release into a form that has other fields since', async () => {
    const visited = await openForm('refund');
    const { page } = visited;
    await page.getByRole('button', { name: 'Fill in a sample' }).click();
    await page.getByText('The sample is filled in.').waitFor();
    await page.route('**/processes/refund', async (route) => {
      const response = await route.fetch();
      const { request, ...declared } = await response.json();
      const wishes = { type: 'array', items: { type: 'array', items: { type: 'string' } } };
      await route.fulfill({
        json: { ...declared, request: { ...request, properties: { ...request.properties, wishes } } },
      });
    });
    await page.reload();
    await page.getByRole('button', { name: 'Fill in a sample' }).waitFor();
    assert.equal(await field(page, '/message').inputValue(), '');
    assert.deepEqual(visited.complaints, []);
    await visited.close();
  });

  it('marks each field that is not taken, keeps what was typed, and sends amounts in the smallest unit', async () => {
    const visited = await openForm('insurance-claim', both[1]);
    const { page } = visited;
    const send = page.getByRole('button', { name: 'Anfrage senden' });
    await field(page, '/amount').fill('29.800,0x');
    await field(page, '/currency').fill('USD');
    await send.click();
    const amount = field(page, '/amount');
    await page.getByText('Ein Feld braucht eine andere Angabe').waitFor();
    assert.equal(await amount.getAttribute('aria-invalid'), 'true');
    await page.locator('[data-at="/amount"]:focus').waitFor();
    await amount.fill('29.800,00');
    await send.click();
    await page.getByText('9 Felder brauchen eine andere Angabe').waitFor();
    assert.equal(await amount.getAttribute('aria-invalid'), null);
    assert.equal(await field(page, '/policyNumber').getAttribute('aria-invalid'), 'true');
    await assertSound(visited, 'what is wrong, in the dark');
    await page.getByText('Das sind 29.800,00 $').waitFor();
    for (const name of ['policyNumber', 'cause', 'lossState', 'payee', 'channel', 'narrative'])
      await field(page, `/${name}`).fill(name);
    for (const name of ['dateOfLoss', 'reportedOn']) await field(page, `/${name}`).fill('2026-06-02');
    await page.getByRole('radio', { name: 'Nein' }).check();
    await field(page, '/documents').getByRole('button', { name: 'Hinzufügen' }).click();
    await field(page, '/documents/0').fill('police_report');
    await send.click();
    await arrived(page);
    const [{ request }] = await stored('insurance-claim');
    const { claimId, ...rest } = request;
    assert.match(claimId, /^\d{4}-\d\d-\d\d-\w{5}$/);
    assert.deepEqual([rest.amount, rest.bodilyInjury, rest.documents], [2_980_000, false, ['police_report']]);
    assert.equal(rest.payeeAccountChangedOn, null);
    await visited.close();
  });

  it('offers what somebody may ask for, and nothing else', async () => {
    const asking = await visit(browser(), here.api.url, 'rita', '/requests');
    await asking.page.getByText('You have not asked for anything yet').waitFor();
    assert.equal(await asking.page.locator('a[href="/requests/new/refund"]').count(), 1);
    assert.equal(await asking.page.locator('a[href="/requests/new/insurance-claim"]').count(), 0);
    await asking.open('/requests/new/insurance-claim');
    await asking.page.getByText('You may not ask for this').waitFor();
    await assertSound(asking, 'what is not theirs');
    await asking.close();
  });

  it('lets one answer what is asked, with what one is shown', async () => {
    const { id, caseId } = await waitingCase(here.pool, 'asked');
    const body = { to: 'requester', question: 'Which of the two orders?', show: ['/terms/payouts/0/orderId'] };
    await here.call('POST', `/handoffs/${at(id)}/questions`, { as: 'leo', body });
    for (const looks of both) {
      const looking = await visit(browser(), here.api.url, 'rita', '/requests', looks);
      await looking.page.getByRole('link', { name: body.question }).waitFor();
      await assertSound(looking, 'one’s requests');
      await looking.close();
    }
    const visited = await visit(browser(), here.api.url, 'rita', '/requests');
    const { page } = visited;
    await page.getByRole('link', { name: body.question }).click();
    await page.getByText('#W1').waitFor();
    await page.getByRole('button', { name: 'Send the answer' }).click();
    await page.getByText('Write an answer').waitFor();
    await page.getByLabel('Your answer').fill('The one of May.');
    await assertSound(visited, 'a question');
    await page.getByRole('button', { name: 'Send the answer' }).click();
    await page.getByText('Your answer is with whoever asked.').waitFor();
    const { rows } = await here.pool.query('select answer, answered_by as by from questions where case_id = $1', [
      caseId,
    ]);
    assert.deepEqual(rows, [{ answer: 'The one of May.', by: 'rita' }]);
    await page.getByRole('link', { name: 'Back to my requests' }).click();
    await page.getByText('It waits for').waitFor();
    await page.getByText(body.question).waitFor({ state: 'detached' });
    await visited.close();
  });
});
