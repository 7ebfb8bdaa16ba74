import assert from 'node:assert/strict';
import { waitingCase, world, type World } from '../api/world.ts';
import { assertSound, browserOf, visit } from './browser.ts';

describe('The pages of queues', function () {
  this.timeout(120_000);
  const browser = browserOf(this);
  let here: World;
  before(async () => {
    here = await world();
    await here.pool.query(`insert into queue_leads (queue, person) values ('support-leads', 'otto')`);
    for (const key of ['Q-1', 'Q-2']) await waitingCase(here.pool, key);
    await here.pool.query(`update handoffs set claimed_by = 'leo' where case_id = 'refund/Q-1'`);
  });
  after(() => here?.close());

  it('lead their lead from who has what to giving it to somebody else', async () => {
    const visited = await visit(browser(), here.api.url, 'otto', '/queues', { colours: 'dark' });
    const { page } = visited;
    await page.getByRole('link', { name: 'Support leads' }).waitFor();
    await assertSound(visited, 'all queues, dark');
    await page.getByRole('link', { name: 'Support leads' }).click();
    await page.getByRole('heading', { name: 'Who has what' }).waitFor();
    await assertSound(visited, 'one queue, dark');
    await page.getByRole('link', { name: /give to others: leo/ }).click();
    const row = page.getByRole('listitem').filter({ hasText: 'Q-1' });
    await row.getByText('With leo').waitFor();
    assert.equal(await page.getByRole('listitem').count(), 1, 'what leo has, and nothing else');
    await row.getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Assign' }).waitFor();
    await visited.close();
  });

  it('let an administrator say who leads one, by which calendar it works, and its limits', async () => {
    const visited = await visit(browser(), here.api.url, 'amos', '/queues/support-leads', { language: 'de' });
    const { page } = visited;
    await page.getByRole('button', { name: 'Kalender und Leitung ändern' }).click();
    await page.getByRole('combobox', { name: 'Arbeitet nach' }).selectOption('auckland');
    await page.getByRole('textbox', { name: 'Wer sie leitet' }).fill('otto, mia');
    await page.getByRole('textbox', { name: 'Warum' }).fill('Sie zieht um.');
    await assertSound(visited, 'changing a queue');
    await page.getByRole('button', { name: 'Speichern' }).click();
    await page.getByText('Leitung: mia, otto').waitFor();
    await page.getByText('Pacific/Auckland').waitFor();

    await page.getByRole('button', { name: 'Grenzen ändern' }).click();
    await page.getByRole('button', { name: 'Währung hinzufügen' }).click();
    await page.getByRole('textbox', { name: 'Währung', exact: true }).fill('eur');
    await page.getByRole('textbox', { name: 'Betrag in EUR' }).fill('1.250');
    await page.getByRole('button', { name: 'Speichern' }).click();
    await page.getByText('1.250,00 €').waitFor();
    const { limits } = (await here.call('GET', '/queues/support-leads/limits', { as: 'amos' })).body;
    assert.deepEqual(limits, [{ amount: 125_000, currency: 'EUR' }]);
    await assertSound(visited, 'a queue in German');
    await visited.close();
  });

  it('let an administrator add a day off, which moves what is open', async () => {
    const visited = await visit(browser(), here.api.url, 'amos', '/queues/support-leads');
    const { page } = visited;
    const day = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    await page.getByRole('button', { name: 'Add a day off' }).click();
    await page.getByRole('textbox', { name: 'Day', exact: true }).fill(day);
    await page.getByRole('textbox', { name: 'What it is' }).fill('Company day');
    await page.getByRole('textbox', { name: 'Why' }).fill('We meet.');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Company day').waitFor();
    const calendar = (await here.call('GET', '/calendars/auckland', { as: 'amos' })).body;
    assert.equal(calendar.holidays[day], 'Company day');
    await visited.close();
  });
});
