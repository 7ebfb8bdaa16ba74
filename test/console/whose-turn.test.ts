import assert from 'node:assert/strict';
import { findHandoff } from '../../store/handoffs.ts';
import { openHandoff } from '../../store/open-handoff.ts';
import { setRoles } from '../../store/members.ts';
import { at, waitingCase, world, type World } from '../api/world.ts';
import { assertSound, browserOf, type Looks, visit, type Visit } from './browser.ts';

const inAnHour = new Date(Date.now() + 3_600_000);

describe('Whose turn it is, in the console', function () {
  this.timeout(120_000);
  const browser = browserOf(this);
  let here: World;
  before(async () => {
    here = await world();
    const lead = `insert into queue_leads (queue, person) values ('support-leads', 'leo'), ('finance-directors', 'dirk')`;
    await here.pool.query(lead);
  });
  after(() => here?.close());

  const open = (person: string, path: string, looks: Looks = {}): Promise<Visit> =>
    visit(browser(), here.api.url, person, path, looks);
  const pathOf = (id: string) => `/handoffs/${at(id)}`;
  const now = async (id: string) => (await findHandoff(here.pool, id))!;
  const button = ({ page }: Visit, name: string) => page.getByRole('button', { name, exact: true });
  const says = ({ page }: Visit, text: string) => page.getByRole('status').filter({ hasText: text }).waitFor();
  const limit = (person: string, amount: number) => {
    const body = { limits: [{ queue: 'support-leads', amount, currency: 'EUR' }] };
    return here.call('PUT', `/people/${person}/limits`, { as: 'amos', body });
  };

  /** Like the one of a waiting case, but for what is said. */
  const second = async (requestId: string, more: object) => {
    const first = await waitingCase(here.pool, requestId);
    const { caseId, process, name, owner, escalateTo, termsName, terms, packet, mayAmend } = first;
    const same = { caseId, process, name, owner, escalateTo, terms, packet, mayAmend, termsName: termsName! };
    const times = { atRiskAt: inAnHour, escalatesAt: inAnHour, expiresAt: inAnHour };
    return (await openHandoff(here.pool, { ...same, ...times, id: `${caseId}/review-2`, ...more }))!;
  };

  it('is not whose limit it is above: the page says so before, who may, and gives it to them', async () => {
    await limit('leo', 50_000);
    await limit('mia', 500_000);
    await setRoles(here.pool, 'mia', ['support-managers', 'support-leads']);
    const limitedBy = { each: ['payouts'], amount: 'amount', currency: 'currency' };
    const { id } = await second('limited', { limitedBy });
    const visited = await open('leo', pathOf(id));
    const { page } = visited;
    await page.getByText('It may be approved by: mia.').waitFor();
    assert.ok(await button(visited, 'Approve').isDisabled());
    await page.keyboard.press('a');
    assert.equal(await page.getByRole('dialog').count(), 0);
    await assertSound(visited, 'above the limit');
    await button(visited, 'Amend').click();
    await page.getByRole('group', { name: 'Yours' }).getByRole('textbox', { name: 'Amount' }).fill('400');
    assert.ok(await button(visited, 'Approve with changes').isEnabled(), 'a smaller amount may be approved');
    await button(visited, 'Discard changes').click();
    await button(visited, 'Give it to somebody').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('To whom').fill('mia');
    await dialog.getByLabel('Reason').fill('It is above my limit.');
    await dialog.getByRole('button', { name: 'Assign' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText('Claimed bymia').waitFor();
    assert.equal((await now(id)).claimedBy, 'mia');
    await visited.close();
    for (const person of ['leo', 'mia'])
      await here.call('PUT', `/people/${person}/limits`, { as: 'amos', body: { limits: [] } });
    await setRoles(here.pool, 'mia', ['support-managers']);
  });

  it('is changed by a line more in a list, which is refused beside its field while it is wrong', async () => {
    const { id } = await waitingCase(here.pool, 'one-more');
    const visited = await open('leo', pathOf(id), { colours: 'dark', width: 390, height: 800 });
    const { page } = visited;
    await button(visited, 'More').click();
    await page.getByRole('menuitem', { name: 'Amend' }).click();
    await button(visited, 'Add another').click();
    await button(visited, 'Approve with changes').click();
    await page.getByText('Correct what is marked first.').waitFor();
    const line = page.getByRole('group', { name: 'Yours' });
    await line.getByRole('textbox', { name: 'Amount' }).last().fill('50');
    await line.getByRole('textbox', { name: 'Payment method' }).last().fill('card-2');
    const order = line.getByRole('textbox', { name: 'Order' }).last();
    await order.fill('#W2'.repeat(80));
    await page.getByRole('textbox', { name: 'Yours' }).first().fill('650');
    await button(visited, 'Approve with changes').click();
    await button(visited, 'Approve these terms').click();
    await page.locator('[aria-invalid=true]').waitFor();
    assert.equal(await page.locator('[aria-invalid=true]').inputValue(), '#W2'.repeat(80));
    await order.fill('#W2');
    await page.getByText('Added', { exact: true }).waitFor();
    await assertSound(visited, 'a line more');
    await button(visited, 'Approve with changes').click();
    await button(visited, 'Approve these terms').click();
    await says(visited, 'You approved it');
    const { payouts } = (await now(id)).decision!.terms as { payouts: object[] };
    const added = { id: 'payout-2', orderId: '#W2', paymentMethodId: 'card-2', amount: 5_000, currency: 'EUR' };
    assert.deepEqual([payouts.length, payouts[1]], [2, added]);
    await page.getByRole('group', { name: 'Payouts' }).getByText('Added', { exact: true }).waitFor();
    await visited.close();
  });

  it('is the second’s, who sees what the first approved, and by whom, as it happens', async () => {
    const { id } = await second('two', { owner: 'finance-directors', approvals: 2 });
    const [first, other] = [await open('fergus', pathOf(id)), await open('dirk', pathOf(id), { colours: 'dark' })];
    await button(first, 'Amend').click();
    await first.page.getByRole('textbox', { name: 'Yours' }).last().fill('Soon on its way.');
    await button(first, 'Approve with changes').click();
    await first.page
      .getByRole('dialog')
      .getByRole('textbox', { name: /^Reason/ })
      .fill('They wait for it.');
    await button(first, 'Approve these terms').click();
    await first.page.getByText('Approved by fergus').waitFor();
    assert.ok(await button(first, 'Approve').isDisabled());
    for (const said of ['Approved by fergus', '1 of 2 approvals', 'They wait for it.', 'Soon on its way.'])
      await other.page.getByText(said).first().waitFor();
    await button(other, 'Approve').click();
    await other.page.getByText('2 people have approved; so far: 1.').waitFor();
    await assertSound(other, 'the second of two');
    await button(other, 'Approve these terms').click();
    await says(other, 'You approved it');
    await says(first, 'While you were looking: dirk approved it');
    const { decision } = await now(id);
    assert.equal((decision!.terms as { reply: string }).reply, 'Soon on its way.');
    await first.close();
    await other.close();
  });

  it('is given by a lead to somebody, several at once, who sees them come', async () => {
    for (const key of ['G-1', 'G-2', 'G-3']) await waitingCase(here.pool, key, { owner: 'finance-directors' });
    const [lead, other] = [await open('dirk', '/handoffs'), await open('fergus', '/handoffs')];
    const row = ({ page }: Visit, key: string) => page.getByRole('listitem').filter({ hasText: key });
    await row(other, 'G-1').waitFor();
    for (const key of ['G-1', 'G-2']) await row(lead, key).getByRole('checkbox').check();
    await button(lead, 'Assign').click();
    const dialog = lead.page.getByRole('dialog');
    await dialog.getByLabel('To whom').fill('fergus');
    await dialog.getByLabel('Why').fill('He knows them.');
    await assertSound(lead, 'giving two');
    await dialog.getByRole('button', { name: 'Assign', exact: true }).click();
    for (const key of ['G-1', 'G-2']) await row(other, key).getByText('With you').waitFor();
    await says(lead, '2 done.');
    assert.equal((await now('refund/G-3/review-1')).claimedBy, null);
    await lead.close();
    await other.close();
  });

  it('is whose who stands in: they know for whom, and the record names both', async () => {
    const { id } = await waitingCase(here.pool, 'stands-in');
    const giving = await open('leo', '/me');
    await button(giving, 'Let somebody stand in').click();
    await giving.page.getByLabel('Who stands in for you').fill('mia');
    await giving.page.getByLabel('To', { exact: true }).fill('2199-12-31T18:00');
    await giving.page.getByLabel('Reason').fill('On holiday.');
    await button(giving, 'Delegate').click();
    await giving.page.getByText('The delegation is made.').waitFor();
    await giving.close();
    const used = await open('mia', '/handoffs', { colours: 'dark' });
    await used.page
      .getByRole('link', { name: /Refund/ })
      .first()
      .waitFor();
    await used.open(pathOf(id));
    await used.page.getByText('You answer for leo, for whom you stand in.').waitFor();
    await assertSound(used, 'standing in');
    await button(used, 'Approve').click();
    await button(used, 'Approve these terms').click();
    await says(used, 'You approved it');
    await used.page.getByText('for leo').waitFor();
    const { by, for: other } = (await now(id)).decision!;
    assert.deepEqual([by, other], ['mia', 'leo']);
    await used.close();
  });
});
