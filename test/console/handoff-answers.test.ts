import assert from 'node:assert/strict';
import type { Request } from 'playwright-core';
import { findHandoff } from '../../store/handoffs.ts';
import { openHandoff } from '../../store/open-handoff.ts';
import { transaction } from '../../store/pool.ts';
import { openTask } from '../../store/tasks.ts';
import { at, waitingCase, world, type World } from '../api/world.ts';
import { assertSound, browserOf, type Looks, visit, type Visit } from './browser.ts';

const inAnHour = new Date(Date.now() + 3_600_000);

describe('A handoff that is answered on its page', function () {
  this.timeout(120_000);
  const browser = browserOf(this);
  let here: World;
  before(async () => {
    here = await world();
  });
  after(() => here?.close());

  const pathOf = (id: string) => `/handoffs/${at(id)}`;
  const open = (person: string, id: string, looks: Looks = {}): Promise<Visit> =>
    visit(browser(), here.api.url, person, pathOf(id), looks);
  const now = async (id: string) => (await findHandoff(here.pool, id))!;
  const button = ({ page }: Visit, name: string | RegExp) => page.getByRole('button', { name, exact: true });
  const says = ({ page }: Visit, text: string | RegExp) => page.getByRole('status').filter({ hasText: text }).waitFor();

  it('costs three requests from the page to the answer', async () => {
    const { id } = await waitingCase(here.pool, 'three-requests');
    const visited = await visit(browser(), here.api.url, 'leo', '/me');
    const { page } = visited;
    await page.getByRole('heading', { level: 1 }).waitFor();
    const asked: string[] = [];
    // The words are asked for once, whatever page one opens first.
    const isOfPage = (one: Request) => one.resourceType() === 'fetch' && !/\/(words|changes)\b/.test(one.url());
    page.on('request', (request) => isOfPage(request) && asked.push(request.url()));
    await page.evaluate(`history.pushState(null, '', ${JSON.stringify(pathOf(id))})`);
    await button(visited, 'Approve').click();
    await button(visited, 'Approve these terms').click();
    await says(visited, 'You approved it');
    assert.ok(asked.length <= 3, asked.join('\n'));
    await visited.close();
  });

  it('is printed without where one can go and what one can press', async () => {
    const { id } = await waitingCase(here.pool, 'on-paper');
    const visited = await open('leo', id);
    const { page } = visited;
    await button(visited, 'Approve').waitFor();
    await page.emulateMedia({ media: 'print' });
    await page.getByRole('heading', { level: 1 }).waitFor();
    assert.equal(await page.getByRole('navigation').count(), 0);
    assert.equal(await button(visited, 'Approve').count(), 0);
    await visited.close();
  });

  it('is approved by keyboard alone, and never by one key', async () => {
    const { id } = await waitingCase(here.pool, 'by-keys');
    const visited = await open('leo', id, { colours: 'dark' });
    const { page } = visited;
    await button(visited, 'Approve').waitFor();
    await page.keyboard.press('c');
    await page.getByText('Claimed byyou').waitFor();
    await page.keyboard.press('a');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('€600.00').first().waitFor();
    assert.equal((await now(id)).state, 'open');
    await assertSound(visited, 'the dialog that asks once more');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    assert.equal((await now(id)).state, 'open');
    await page.keyboard.press('Shift+?');
    await page.getByRole('dialog', { name: 'Keys on this page' }).waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await page.keyboard.press('a');
    await page.locator('button:focus', { hasText: 'Approve these terms' }).waitFor();
    await page.keyboard.press('Enter');
    await says(visited, 'You approved it');
    await visited.close();
  });

  it('is amended beside what was proposed: amounts as one writes them, texts with what changes in them', async () => {
    const { id } = await waitingCase(here.pool, 'amended');
    const visited = await open('leo', id, { language: 'de' });
    const { page } = visited;
    await button(visited, 'Ändern').click();
    const payout = page.getByRole('group', { name: 'Ihre Fassung' }).getByRole('textbox', { name: 'Betrag' });
    await payout.fill('1,5,0');
    await page.getByText('Schreiben Sie den Betrag wie 1.234,50.').waitFor();
    await payout.fill('450,5');
    await page.getByRole('textbox', { name: 'Ihre Fassung' }).last().fill('Soon on its way.');
    assert.equal(await page.locator('ins').first().textContent(), 'Soon');
    await assertSound(visited, 'amending');
    await button(visited, 'Mit Änderungen genehmigen').click();
    await button(visited, 'Diese Bedingungen genehmigen').click();
    await page.getByText('muss die Summe der Auszahlungen sein').waitFor();
    await page.getByRole('textbox', { name: 'Ihre Fassung' }).first().fill('450,50');
    await button(visited, 'Mit Änderungen genehmigen').click();
    await page
      .getByRole('dialog')
      .getByText(/450,50\s€ erstattet werden\? Ihre Antwort: ja/)
      .waitFor();
    await button(visited, 'Diese Bedingungen genehmigen').click();
    await says(visited, 'Sie haben es genehmigt');
    const { decision } = await now(id);
    const { amount, reply } = decision!.terms as { amount: number; reply: string };
    assert.deepEqual([amount, reply, decision!.amended], [45_050, 'Soon on its way.', true]);
    await visited.close();
  });

  it('asks for one’s own words where the draft of a model is hidden, and counts approvals where two must approve', async () => {
    const { caseId } = await waitingCase(here.pool, 'hidden-draft');
    const terms = { requestId: 'r', customerId: 'C-1', returns: [], cancellations: [], payouts: [], amount: 0 };
    const id = `${caseId}/review-2`;
    await openHandoff(here.pool, {
      ...{ id, caseId, process: 'refund', name: 'review', owner: 'support-leads', escalateTo: 'support-managers' },
      ...{
        termsName: 'refund',
        terms: { ...terms, reply: 'A draft.' },
        packet: { summary: 'A guess.', rule: 'unsure' },
      },
      ...{ mayAmend: ['reply'], hidden: ['reply', 'summary'], drafts: ['reply', 'summary'], approvals: 2 },
      ...{ atRiskAt: inAnHour, escalatesAt: inAnHour, expiresAt: inAnHour },
    });
    const visited = await open('leo', id);
    const { page } = visited;
    await button(visited, 'Approve').click();
    await page.getByText('Write your own here.').waitFor();
    const focused = page.locator('[aria-invalid="true"]:focus');
    await focused.click({ trial: true }); // nothing lies over it
    assert.equal(await page.getByRole('dialog').count(), 0);
    assert.equal(await page.getByText(/A draft|A guess/).count(), 0);
    await assertSound(visited, 'a hidden draft');
    await page.getByRole('textbox', { name: 'Yours' }).fill('We look into it.');
    await button(visited, 'Approve with changes').click();
    await page.getByText('It is decided once 2 people have approved; so far: 0.').waitFor();
    await button(visited, 'Approve these terms').click();
    await page.getByText('Approved by leo').waitFor();
    assert.equal((await now(id)).state, 'open');
    await visited.close();
  });

  it('says what was written in the place of a hidden draft, and of nobody’s words that a model drafted them', async () => {
    const { caseId } = await waitingCase(here.pool, 'own-words');
    const terms = { requestId: 'r', customerId: 'C-1', returns: [], cancellations: [], payouts: [], amount: 0 };
    const id = `${caseId}/review-2`;
    await openHandoff(here.pool, {
      ...{ id, caseId, process: 'refund', name: 'review', owner: 'support-leads', escalateTo: 'support-managers' },
      ...{ termsName: 'refund', terms: { ...terms, reply: 'A draft.' }, packet: { rule: 'unsure' } },
      ...{ mayAmend: ['reply'], hidden: ['reply'], drafts: ['reply'], approvals: 1 },
      ...{ atRiskAt: inAnHour, escalatesAt: inAnHour, expiresAt: inAnHour },
    });
    const visited = await open('leo', id);
    const { page } = visited;
    await button(visited, 'Amend').click();
    await page.getByRole('textbox', { name: 'Yours' }).fill('We look into it.');
    await button(visited, 'Approve with changes').click();
    await button(visited, 'Approve these terms').click();
    await says(visited, 'You approved it');
    const changed = page.getByRole('group', { name: 'Reply to the customer' });
    await changed.getByText('hidden: the model was not sure').waitFor();
    await changed.getByText('We look into it.').waitFor();
    assert.equal(await page.getByText('Drafted by the model').count(), 0);
    await page.getByRole('link', { name: 'How the case goes on' }).click();
    await page.waitForURL((to) => to.pathname === `/cases/${at(caseId)}`);
    await visited.close();
  });

  it('is sent back with a reason, without which it stays', async () => {
    const { id } = await waitingCase(here.pool, 'sent-back');
    const visited = await open('leo', id, { width: 390, height: 800 });
    const { page } = visited;
    await button(visited, 'More').click();
    await page.getByRole('menuitem', { name: 'Send back' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Send back' }).click();
    await dialog.getByText('This answer needs a reason.').waitFor();
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('Which item is meant?');
    await dialog.getByRole('button', { name: 'Send back' }).click();
    await says(visited, 'You sent it back');
    assert.equal((await now(id)).decision!.verdict, 'returned');
    await assertSound(visited, 'on a narrow page');
    await visited.close();
  });

  it('is asked about before it is decided; what changed meanwhile is said, and what was typed is kept', async () => {
    const { id } = await waitingCase(here.pool, 'asked');
    const visited = await open('leo', id);
    const { page } = visited;
    await button(visited, 'Reject').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('The desk was used.');
    const asked = { to: 'requester', question: 'Was it used?' };
    await here.call('POST', `${pathOf(id)}/questions`, { as: 'leo', body: asked });
    await page.getByText('Was it used?').waitFor(); // behind the dialog
    await dialog.getByRole('button', { name: 'Reject' }).click();
    await dialog.getByText('It has changed since you read it.').waitFor();
    assert.equal(await dialog.getByRole('textbox', { name: 'Reason' }).inputValue(), 'The desk was used.');
    await page.keyboard.press('Escape');
    await page.getByText('Was it used?').waitFor();

    await button(visited, 'Ask').click();
    await dialog.getByRole('textbox', { name: 'Your question' }).fill('When did it break?');
    await dialog.getByRole('checkbox', { name: 'Amount' }).check();
    await assertSound(visited, 'asking');
    await dialog.getByRole('button', { name: 'Ask' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText('When did it break?').waitFor();
    assert.equal((await now(id)).questions.length, 2);
    await button(visited, 'Reject').click();
    await dialog.getByRole('button', { name: 'Reject' }).click();
    await says(visited, 'You rejected it');
    assert.equal((await now(id)).decision!.because, 'The desk was used.');
    await visited.close();
  });

  it('says at once by whom it was decided, to the other who is looking at it', async () => {
    const { id, version } = await waitingCase(here.pool, 'two-people', { owner: 'finance-directors' });
    const visited = await open('fergus', id);
    await button(visited, 'Approve').click();
    const body = { verdict: 'rejected', because: 'It was used.', version };
    assert.equal((await here.call('POST', `${pathOf(id)}/decision`, { as: 'dirk', body })).status, 200);
    // Whoever is quick is refused; else the page has said so before.
    await button(visited, 'Approve these terms')
      .click({ timeout: 1_000 })
      .catch(() => undefined);
    await says(visited, 'While you were looking: dirk rejected it');
    await visited.page.getByText('It was used.').first().waitFor();
    assert.equal(await button(visited, 'Approve').count(), 0);
    await assertSound(visited, 'decided meanwhile');
    await visited.close();
  });

  it('that is a task is completed with what was found', async () => {
    const { caseId } = await waitingCase(here.pool, 'a-task');
    await transaction(here.pool, (db) =>
      openTask(db, {
        ...{ caseId, key: `${caseId}/payCustomer-1`, kind: 'too-long', owner: 'support-leads' },
        ...{ escalateTo: 'support-managers', because: 'It has gone on for too long', detail: { events: 9_000 } },
      }),
    );
    const id = `${caseId}/payCustomer-1/too-long`;
    const visited = await open('leo', id);
    const { page } = visited;
    await button(visited, 'Complete the task').click();
    await page.getByText('Say what you found.').waitFor();
    await page.getByRole('radio', { name: 'It is finished' }).check();
    await page.getByRole('textbox', { name: 'How you found out' }).fill('The case is over in both systems.');
    await assertSound(visited, 'a task');
    await button(visited, 'Complete the task').click();
    await says(visited, 'You completed it: It is finished');
    assert.equal((await now(id)).completion!.found, 'finished');
    await visited.close();
  });

  it('lets nobody answer who asked for it, and says why', async () => {
    const { id } = await waitingCase(here.pool, 'four-eyes', { requester: 'leo' });
    const visited = await open('leo', id);
    await says(visited, 'Somebody else must answer this: You asked for it.');
    assert.equal(await button(visited, 'Approve').count(), 0);
    await visited.page.keyboard.press('a');
    assert.equal(await visited.page.getByRole('dialog').count(), 0);
    await visited.close();
  });
});
