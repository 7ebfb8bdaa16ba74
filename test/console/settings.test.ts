import assert from 'node:assert/strict';
import { world, type World } from '../api/world.ts';
import { assertSound, browserOf, visit } from './browser.ts';

describe('Settings and the tour in the console', function () {
  this.timeout(90_000);
  const browser = browserOf(this);
  let here: World;
  before(async () => {
    here = await world();
    const body = { limits: [{ amount: 100_000, currency: 'USD' }] };
    await here.call('PUT', '/queues/support-leads/limits', { as: 'amos', body });
  });
  after(() => here?.close());

  it('says what one may decide, and keeps how one learns of things', async () => {
    const visited = await visit(browser(), here.api.url, 'leo', '/me');
    const { page } = visited;
    await page.getByText('up to $1,000.00').waitFor();
    await page.getByLabel('Somebody asks you a question').selectOption('digest');
    await page.getByLabel('Language of the mails').selectOption('de');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    await assertSound(visited, 'settings');
    const { body } = await here.call('GET', '/me/notifications', { as: 'leo' });
    assert.deepEqual([body.mail.asked, body.mail.opened, body.language], ['digest', 'at-once', 'de']);
    await visited.close();
  });

  it('lets somebody stand in who can, says why another cannot, and ends it', async () => {
    const visited = await visit(browser(), here.api.url, 'leo', '/me', { colours: 'dark' });
    const { page } = visited;
    await page.getByRole('button', { name: 'Let somebody stand in' }).click();
    const whom = page.getByLabel('Who stands in for you');
    await page.getByRole('button', { name: 'Delegate' }).click();
    await page.getByText('This person cannot stand in').waitFor();
    await whom.fill('rita');
    await page.getByLabel('To', { exact: true }).fill('2199-12-31T18:00');
    await page.getByLabel('Reason').fill('On holiday.');
    await page.getByRole('button', { name: 'Delegate' }).click();
    await page.getByText('This person cannot stand in').waitFor();
    assert.equal(await page.getByLabel('Reason').inputValue(), 'On holiday.');
    await assertSound(visited, 'a delegation that is refused');
    await whom.fill('mia');
    await page.getByRole('button', { name: 'Delegate' }).click();
    await page.getByText('The delegation is made.').waitFor();
    await page.getByRole('button', { name: 'End it now: mia stands in for you' }).click();
    await page.getByText('The delegation is ended.').waitFor();
    const { body } = await here.call('GET', '/delegations', { as: 'mia' });
    assert.deepEqual(
      body.delegations.map(({ delegate, endedBy, because }: any) => [delegate, endedBy, because]),
      [['mia', 'leo', 'On holiday.']],
    );
    await visited.close();
  });

  it('shows who is new around in five steps, by keyboard, once', async () => {
    for (const [language, step] of [
      ['en', 'Step 1 of 5'],
      ['de', 'Schritt 1 von 5'],
    ] as const) {
      const visited = await visit(browser(), here.api.url, 'ada', '/handoffs', { tour: true, language });
      await visited.page.getByText(step).waitFor();
      await assertSound(visited, step);
      await visited.close();
    }
    const visited = await visit(browser(), here.api.url, 'ada', '/handoffs', { tour: true });
    const { page } = visited;
    const tour = page.getByRole('dialog', { name: 'A look around' });
    const paths: string[] = [];
    for (const n of [1, 2, 3, 4, 5]) {
      await tour.getByText(`Step ${n} of 5`).waitFor();
      paths.push(new URL(page.url()).pathname);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
    }
    assert.deepEqual(paths, ['/handoffs', '/handoffs', '/cases', '/processes', '/scorecard']);
    await tour.waitFor({ state: 'detached' });
    await page.reload();
    await page.getByRole('button', { name: 'ada' }).waitFor();
    assert.equal(await tour.count(), 0);
    await visited.close();
    const skipped = await visit(browser(), here.api.url, 'leo', '/handoffs', { tour: true });
    await skipped.page.getByText('Step 1 of 5').waitFor();
    await skipped.page.keyboard.press('Escape');
    await skipped.page.getByRole('dialog').waitFor({ state: 'detached' });
    await skipped.close();
  });
});
