import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { setRoles } from '../../store/members.ts';
import { at, waitingCase, world, type World } from '../api/world.ts';
import { until } from '../world.ts';
import { assertSound, browserOf, visit } from './browser.ts';

const row = (page: Page, key: string) => page.getByRole('listitem').filter({ hasText: key });

describe('The inbox', function () {
  this.timeout(120_000);
  const browser = browserOf(this);
  let here: World;
  before(async () => {
    here = await world();
    await here.pool.query(`insert into queue_leads (queue, person) values ('support-leads', 'leo')`);
    for (let n = 100; n < 280; n++) await waitingCase(here.pool, `R-${n}`, { escalatesInMs: n * 60_000 });
    await here.pool.query(`update handoffs set sla_stage = 'at-risk' where case_id = 'refund/R-100'`);
  });
  after(() => here?.close());
  const stored = async (key: string) =>
    (await here.pool.query(`select claimed_by as by, state from handoffs where case_id = $1`, [`refund/${key}`]))
      .rows[0];

  it('is worked through by keys alone: the next, taken, selected, opened', async () => {
    const visited = await visit(browser(), here.api.url, 'leo', '/handoffs', { colours: 'dark' });
    const { page } = visited;
    await row(page, 'R-100').getByText('At risk').waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('c');
    await row(page, 'R-101').getByText('With you').waitFor();
    assert.equal((await stored('R-101')).by, 'leo');
    await page.keyboard.press('r');
    await row(page, 'R-101').getByRole('button', { name: 'Claim' }).waitFor();
    await page.keyboard.press('x');
    await page.getByText('1 selected').waitFor();
    await assertSound(visited, 'one selected, dark');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await assertSound(visited, 'the shortcuts');
    await page.keyboard.press('Escape');
    await page.keyboard.press('/');
    await page.keyboard.type('R-20');
    await row(page, 'R-209').waitFor();
    assert.equal(await page.getByRole('listitem').count(), 10, 'what does not fit is gone; letters are no shortcuts');
    assert.match(page.url(), /search=R-20/);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Escape');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => decodeURIComponent(url.pathname).endsWith('refund/R-200/review-1'));
    await visited.close();
  });

  it('shows all that waits while one scrolls, each once and in its order', async () => {
    const visited = await visit(browser(), here.api.url, 'leo');
    const { page } = visited;
    await row(page, 'R-100').waitFor();
    const seen = new Map<number, string>();
    await until(async () => {
      for (const item of await page.getByRole('listitem').all()) {
        const [place, text] = await item.evaluate(placeOf, undefined, { timeout: 1_000 }).catch(() => []);
        if (place) seen.set(Number(place), /R-\d+/.exec(text!)![0]);
      }
      await page.mouse.wheel(0, 500);
      return seen.size === 180;
    }, 'all are seen');
    const inOrder = [...seen].toSorted(([one], [other]) => one - other).map(([, key]) => key);
    assert.deepEqual(
      inOrder,
      Array.from({ length: 180 }, (_, n) => `R-${100 + n}`),
    );
    await visited.close();
  });

  it('gives several to somebody at once, as the lead, and says which could not be given', async () => {
    const visited = await visit(browser(), here.api.url, 'leo', '/handoffs?search=R-15');
    const { page } = visited;
    for (const key of ['R-150', 'R-151']) await row(page, key).getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Assign' }).click();
    await page.getByRole('combobox', { name: 'To whom' }).fill('fiona');
    await page.getByRole('textbox', { name: 'Why' }).fill('leo is away');
    await assertSound(visited, 'giving');
    await page.getByRole('dialog').getByRole('button', { name: 'Assign' }).click();
    await page.getByText('2 were not possible').waitFor();
    for (const key of ['R-152', 'R-153']) await row(page, key).getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Claim these' }).click();
    await page.getByText('2 done').waitFor();
    assert.deepEqual([(await stored('R-150')).by, (await stored('R-152')).by], [null, 'leo']);
    await row(page, 'R-152').getByText('With you').waitFor();
    await assertSound(visited, 'what became of them');
    await visited.close();
  });

  it('shows the same to whoever opens the same address, and says so where nothing fits', async () => {
    const visited = await visit(browser(), here.api.url, 'leo', '/handoffs?held=mine&stage=at-risk');
    await visited.page.getByText('Nothing fits these filters').waitFor();
    await visited.page.getByRole('combobox', { name: 'Time' }).selectOption('At risk');
    await visited.page.getByRole('combobox', { name: 'With whom' }).selectOption('All');
    await row(visited.page, 'R-100').waitFor();
    assert.match(visited.page.url(), /\?stage=at-risk$/);
    await visited.close();
  });

  it('shows what somebody else does, and what comes, as it happens', async () => {
    const visited = await visit(browser(), here.api.url, 'leo', '/handoffs?search=R-16', { language: 'de' });
    await row(visited.page, 'R-160').getByRole('button').waitFor();
    await setRoles(here.pool, 'mia', ['support-leads']);
    const got = await here.call('POST', `/handoffs/${at('refund/R-160/review-1')}/assignment`, {
      as: 'amos',
      body: { to: 'mia', because: 'she knows them' },
    });
    assert.equal(got.status, 200, got.text);
    await row(visited.page, 'R-160').getByText('Bei mia').waitFor();
    await waitingCase(here.pool, 'R-1600');
    await row(visited.page, 'R-1600').waitFor();
    await assertSound(visited, 'in German');
    await visited.close();
  });
});

/** Runs in the page, whose types are not here. */
const placeOf = (item: unknown): [place: string | null, text: string] => {
  const { ariaPosInSet, textContent } = item as { ariaPosInSet: string | null; textContent: string };
  return [ariaPosInSet, textContent];
};
