import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { findHandoff } from '../../store/handoffs.ts';
import { openHandoff } from '../../store/open-handoff.ts';
import { at, waitingCase, world, type World } from '../api/world.ts';
import { until } from '../world.ts';
import { browserOf, visit, type Visit } from './browser.ts';

describe('An answer on the page of a handoff', function () {
  this.timeout(120_000);
  const browser = browserOf(this);
  let here: World;
  let visited: Visit;
  let page: Page;
  let dialog: Locator;
  before(async () => {
    here = await world();
    visited = await visit(browser(), here.api.url, 'leo', '/me');
    ({ page } = visited);
    dialog = page.getByRole('dialog');
  });
  after(async () => {
    await visited?.close();
    await here?.close();
  });
  afterEach(() => page.unrouteAll({ behavior: 'ignoreErrors' }));

  const pathOf = (id: string) => `/handoffs/${at(id)}`;
  const open = async (key: string) => {
    const { id } = await waitingCase(here.pool, key);
    await visited.open(pathOf(id));
    await button('More').waitFor();
    return id;
  };
  const button = (name: string | RegExp, on = page) => on.getByRole('button', { name, exact: true });
  const stateOf = async (id: string) => (await findHandoff(here.pool, id))!.state;
  const says = (text: string | RegExp, on = page) => on.getByRole('status').filter({ hasText: text }).waitFor();
  const remark = async () => {
    await button('More').click();
    await page.getByRole('menuitem', { name: 'Remark' }).click();
  };
  const typedIsKept = () => page.evaluate(`Object.keys(sessionStorage).filter((key) => key.startsWith('baton.typed'))`);
  /** As when the token has ended; the issuer knows the person still. */
  const endSession = () => page.evaluate('{ const now = Date.now; Date.now = () => now() + 9 * 3_600_000; }');
  const sentTo = (what: string) => {
    const sent: string[] = [];
    const note = (request: { method(): string; url(): string }) =>
      void (request.method() === 'POST' && request.url().endsWith(what) && sent.push(request.url()));
    page.on('request', note);
    return sent;
  };

  it('is kept as far as it was typed when one must sign in again in the middle of it', async () => {
    await open('typed');
    await button('Amend').click();
    await page.getByRole('textbox', { name: 'Yours' }).last().fill('It is on its way since today.');
    await button('Reject').click();
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('The desk was used.');
    await page.keyboard.press('Escape');
    await remark();
    await dialog.getByRole('textbox').fill('She called.');
    await page.reload();
    await dialog.getByText('She called.').waitFor(); // what was open is open again
    await page.keyboard.press('Escape');
    await button('Approve with changes').click();
    await dialog.getByText('It is on its way since today.').first().waitFor();
    assert.equal(await dialog.getByRole('textbox', { name: /^Reason/ }).inputValue(), 'The desk was used.');
    await page.keyboard.press('Escape');
    await button('Discard changes').click();
  });

  it('is sent by a click alone, and once: not by itself after the sign-in in its middle', async () => {
    const id = await open('session-ends');
    const sent = sentTo('/decision');
    await button('Reject').click();
    const reason = dialog.getByRole('textbox', { name: 'Reason' });
    await reason.fill('The desk was used.');
    await endSession();
    await dialog.getByRole('button', { name: 'Reject' }).click();
    await page.waitForURL('**/signed-in**');
    await reason.waitFor();
    assert.equal(await reason.inputValue(), 'The desk was used.');
    assert.deepEqual([sent, await stateOf(id)], [[], 'open']);
    await dialog.getByRole('button', { name: 'Reject' }).click();
    await says('You rejected it');
    assert.equal(sent.length, 1);
    assert.equal((await findHandoff(here.pool, id))!.decision!.because, 'The desk was used.');
  });

  it('is offered to nobody else who signs in there, and to whoever typed it once they are back', async () => {
    await open('two-people');
    const as = async (person: string) => {
      await page.context().clearCookies();
      await page.reload();
      await page.getByRole('button', { name: new RegExp(`^${person}\\b`, 'i') }).click();
      await button(person).waitFor();
      await button('More').waitFor();
    };
    await remark();
    await dialog.getByRole('textbox').fill('She called.');
    await as('mia');
    assert.equal(await dialog.count(), 0);
    await remark();
    assert.equal(await dialog.getByRole('textbox').inputValue(), '');
    await page.keyboard.press('Escape');
    await as('leo');
    assert.equal(await dialog.getByRole('textbox').inputValue(), 'She called.');
    await page.keyboard.press('Escape');
  });

  it('that is a remark stands once where its answer was lost and it is sent again; then nothing of it is kept', async () => {
    const id = await open('remarked');
    const before = await typedIsKept();
    let tries = 0;
    await page.route('**/comments', async (route) => {
      if (++tries > 1) return route.continue();
      await route.fetch();
      await route.abort();
    });
    await remark();
    await dialog.getByRole('textbox').fill('She called.');
    await dialog.getByRole('button', { name: 'Save the remark' }).click();
    await dialog.getByText('Baton does not answer.').waitFor();
    await dialog.getByRole('button', { name: 'Save the remark' }).click();
    await dialog.waitFor({ state: 'hidden' });
    const { comments } = (await here.call('GET', `${pathOf(id)}/comments`, { as: 'leo' })).body;
    assert.deepEqual([tries, comments.length], [2, 1]);
    assert.deepEqual(await typedIsKept(), before);
  });

  it('is never given to other terms than those that stood there when one was asked once more', async () => {
    const { caseId } = await waitingCase(here.pool, 'changed-under');
    const id = `${caseId}/review-2`;
    const soon = new Date(Date.now() + 3_600_000);
    await openHandoff(here.pool, {
      ...{ id, caseId, process: 'refund', name: 'review', owner: 'finance-directors', escalateTo: 'support-managers' },
      ...{ termsName: 'refund', packet: { summary: '', rule: 'large' }, mayAmend: ['reply'], approvals: 2 },
      terms: {
        ...{ requestId: 'r', customerId: 'C-1', returns: [], cancellations: [], payouts: [], amount: 0 },
        reply: 'Yes.',
      },
      ...{ atRiskAt: soon, escalatesAt: soon, expiresAt: soon },
    });
    const dirks = await visit(browser(), here.api.url, 'dirk', pathOf(id));
    const asked = dirks.page.getByRole('dialog');
    await button('Approve', dirks.page).click();
    await asked.getByText('Yes.', { exact: true }).waitFor();
    const amend = { verdict: 'approved', amend: { reply: 'Never.' }, because: 'Better.', version: 1 };
    const first = await here.call('POST', `${pathOf(id)}/decision`, { as: 'fergus', body: amend });
    assert.equal(first.status, 200, first.text);
    await dirks.page.getByText('Never.').first().waitFor(); // the page is told
    await button('Approve these terms', dirks.page).click();
    await asked.getByText('It has changed since you read it.').waitFor();
    assert.equal(await stateOf(id), 'open');
    await asked.getByText('Never.', { exact: true }).first().waitFor();
    await button('Approve these terms', dirks.page).click();
    await says('You approved it', dirks.page);
    await dirks.close();
  });

  it('is never given to what came meanwhile either where the page was loaded anew in its middle', async () => {
    const id = await open('changed-while-away');
    await button('Reject').click();
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('Nobody knows who that is.');
    const question = { to: 'requester', question: 'Who is that?' };
    const asked = await here.call('POST', `${pathOf(id)}/questions`, { as: 'leo', body: question });
    assert.equal(asked.status, 200, asked.text);
    await page.reload();
    await dialog.getByRole('button', { name: 'Reject' }).click();
    await dialog.getByText('It has changed since you read it.').waitFor();
    assert.equal(await stateOf(id), 'open');
    await dialog.getByRole('button', { name: 'Reject' }).click();
    await says('You rejected it');
  });

  it('is not given by a double click, nor by a key that is held, on a wide page or a narrow one', async () => {
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 800 });
      const id = await open(`by-accident-${width}`);
      await button('Approve').dblclick();
      await page.waitForTimeout(300);
      assert.equal(await stateOf(id), 'open');
      if (await dialog.isVisible()) await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'hidden' });
      await button('Approve').focus();
      for (let n = 0; n < 15; n++) {
        await page.keyboard.down('Enter');
        await page.waitForTimeout(20);
      }
      await page.keyboard.up('Enter');
      await dialog.waitFor();
      assert.equal(await stateOf(id), 'open');
      await page.keyboard.press('Enter');
      await says('You approved it');
    }
    await page.setViewportSize({ width: 1280, height: 900 });
  });

  it('that was given, and whose answer was lost, is told as given', async () => {
    const id = await open('lost');
    await page.route('**/decision', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await button('Approve').click();
    await dialog.getByRole('textbox', { name: /^Reason/ }).fill('As agreed.');
    await button('Approve these terms').click();
    await says('You approved it');
    const { decision } = (await findHandoff(here.pool, id))!;
    assert.deepEqual([decision!.verdict, decision!.because], ['approved', 'As agreed.']);
  });

  it('that two clicks at once send is one, and is told as given', async () => {
    await open('twice');
    const sent = sentTo('/decision');
    await page.route('**/decision', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      await route.continue();
    });
    await button('Approve').click();
    await button('Approve these terms').waitFor();
    await page.evaluate(`{
      const confirm = [...document.querySelectorAll('[role=dialog] button')].find((one) => one.type === 'submit');
      confirm.click();
      confirm.click();
    }`);
    await says('You approved it');
    assert.equal(sent.length, 1);
    await until(async () => (await page.getByRole('alert').count()) === 0, 'nothing is refused');
  });
});
