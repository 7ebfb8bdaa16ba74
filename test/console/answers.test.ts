import assert from 'node:assert/strict';
import { findHandoff, openHandoff } from '../../store/handoffs.ts';
import { at, waitingCase, world, type World } from '../api/world.ts';
import { until } from '../world.ts';
import { browserOf, type Looks, visit, type Visit } from './browser.ts';

describe('An answer on the page of a handoff', function () {
  this.timeout(120_000);
  const browser = browserOf(this);
  let here: World;
  before(async () => void (here = await world()));
  after(() => here?.close());

  const pathOf = (id: string) => `/handoffs/${at(id)}`;
  const open = (id: string, looks: Looks = {}) => visit(browser(), here.api.url, 'leo', pathOf(id), looks);
  const button = ({ page }: Visit, name: string | RegExp) => page.getByRole('button', { name, exact: true });
  const stateOf = async (id: string) => (await findHandoff(here.pool, id))!.state;
  const says = ({ page }: Visit, text: string | RegExp) => page.getByRole('status').filter({ hasText: text }).waitFor();

  it('is kept as far as it was typed when one must sign in again in the middle of it', async () => {
    const { id } = await waitingCase(here.pool, 'typed');
    const visited = await open(id);
    const { page } = visited;
    const dialog = page.getByRole('dialog');
    await button(visited, 'Amend').click();
    await page.getByRole('textbox', { name: 'Yours' }).last().fill('It is on its way since today.');
    await button(visited, 'Reject').click();
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('The desk was used.');
    await page.keyboard.press('Escape');
    await button(visited, 'More').click();
    await page.getByRole('menuitem', { name: 'Remark' }).click();
    await dialog.getByRole('textbox').fill('She called.');
    await page.reload(); // the token is in memory alone: as when it has ended
    await dialog.getByText('She called.').waitFor(); // what was open is open again
    await page.keyboard.press('Escape');
    await button(visited, 'Approve with changes').click();
    await dialog.getByText('It is on its way since today.').first().waitFor();
    assert.equal(await dialog.getByRole('textbox', { name: /^Reason/ }).inputValue(), 'The desk was used.');
    await page.keyboard.press('Escape');
    await button(visited, 'More').click();
    await page.getByRole('menuitem', { name: 'Remark' }).click();
    assert.equal(await dialog.getByRole('textbox').inputValue(), 'She called.');
    await visited.close();
  });

  it('is never given to other terms than those that stood there when one was asked once more', async () => {
    const { caseId } = await waitingCase(here.pool, 'changed-under');
    const id = `${caseId}/review-2`;
    const soon = new Date(Date.now() + 3_600_000);
    await openHandoff(here.pool, {
      ...{ id, caseId, process: 'refund', name: 'review', owner: 'finance-directors', escalateTo: 'support-managers' },
      ...{ termsName: 'refund', packet: { summary: '', rule: 'large' }, mayAmend: ['reply'], approvals: 2 },
      terms: {
        requestId: 'r',
        customerId: 'C-1',
        returns: [],
        cancellations: [],
        payouts: [],
        amount: 0,
        reply: 'Yes.',
      },
      ...{ atRiskAt: soon, escalatesAt: soon, expiresAt: soon },
    });
    const visited = await visit(browser(), here.api.url, 'dirk', pathOf(id));
    const { page } = visited;
    const dialog = page.getByRole('dialog');
    await button(visited, 'Approve').click();
    await dialog.getByText('Yes.', { exact: true }).waitFor();
    const amend = { verdict: 'approved', amend: { reply: 'Never.' }, because: 'Better.', version: 1 };
    const first = await here.call('POST', `${pathOf(id)}/decision`, { as: 'fergus', body: amend });
    assert.equal(first.status, 200, first.text);
    await page.getByText('Never.').first().waitFor(); // the page is told
    await button(visited, 'Approve these terms').click();
    await dialog.getByText('It has changed since you read it.').waitFor();
    assert.equal(await stateOf(id), 'open');
    await dialog.getByText('Never.', { exact: true }).first().waitFor();
    await button(visited, 'Approve these terms').click();
    await says(visited, 'You approved it');
    await visited.close();
  });

  for (const width of [390, 1280])
    it(`is not given by a double click, nor by a key that is held, on a page ${width} wide`, async () => {
      const { id } = await waitingCase(here.pool, `by-accident-${width}`);
      const visited = await open(id, { width, height: 800 });
      const { page } = visited;
      const dialog = page.getByRole('dialog');
      await button(visited, 'Approve').dblclick();
      await page.waitForTimeout(500);
      assert.equal(await stateOf(id), 'open');
      if (await dialog.isVisible()) await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'hidden' });
      await button(visited, 'Approve').focus();
      for (let n = 0; n < 25; n++) {
        await page.keyboard.down('Enter');
        await page.waitForTimeout(30);
      }
      await page.keyboard.up('Enter');
      await dialog.waitFor();
      assert.equal(await stateOf(id), 'open');
      await page.keyboard.press('Enter');
      await says(visited, 'You approved it');
      await visited.close();
    });

  it('that was given, and whose answer was lost, is told as given when one tries again', async () => {
    const { id } = await waitingCase(here.pool, 'lost');
    const visited = await open(id);
    const { page } = visited;
    const dialog = page.getByRole('dialog');
    let tries = 0;
    await page.route('**/decision', async (route) => {
      tries++;
      if (tries > 1) return route.continue();
      await route.fetch();
      await route.abort();
    });
    await button(visited, 'Approve').click();
    await dialog.getByRole('textbox', { name: /^Reason/ }).fill('As agreed.');
    await button(visited, 'Approve these terms').click();
    await says(visited, 'You approved it');
    const { decision } = (await findHandoff(here.pool, id))!;
    assert.deepEqual([decision!.verdict, decision!.because], ['approved', 'As agreed.']);
    await visited.close();
  });

  it('that two clicks at once send is one, and is told as given', async () => {
    const { id } = await waitingCase(here.pool, 'twice');
    const visited = await open(id);
    const { page } = visited;
    let sent = 0;
    page.on('request', (request) => void (request.url().endsWith('/decision') && sent++));
    await page.route('**/decision', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      await route.continue();
    });
    await button(visited, 'Approve').click();
    await button(visited, 'Approve these terms').waitFor();
    await page.evaluate(`{
      const confirm = [...document.querySelectorAll('[role=dialog] button')].find((one) => one.type === 'submit');
      confirm.click();
      confirm.click();
    }`);
    await says(visited, 'You approved it');
    assert.equal(sent, 1);
    await until(async () => (await page.getByRole('alert').count()) === 0, 'nothing is refused');
    await visited.close();
  });
});
