import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { seededWorld } from '../scorecard/seeded-world.ts';
import { assertSound, browserOf, type Looks, visit } from './browser.ts';

const period = 'period=custom&from=2026-01-20&to=2026-04-01';

/** The page waits for the last of its parts. */
async function loaded(page: Page): Promise<void> {
  await page.locator('.parts').nth(3).waitFor();
  while ((await page.locator('.mantine-Loader-root').count()) > 0) await page.waitForTimeout(100);
}

describe('The scorecard’s page', function () {
  this.timeout(120_000);
  const browser = browserOf(this);
  let at: Awaited<ReturnType<typeof seededWorld>>;
  before(async () => {
    at = await seededWorld(200);
  });
  after(() => at?.close());

  const open = (person: string, search = period, looks: Looks = {}) =>
    visit(browser(), at.here.api.url, person, `/scorecard?${search}`, looks);

  it('shows the figures that the API answers, and behind each its cases', async () => {
    const visited = await open('ada');
    const { page } = visited;
    const { body } = await at.here.call('GET', '/scorecard?from=2026-01-20&to=2026-04-01&level=process-owner', {
      as: 'ada',
    });
    const closed = body.measures.find(({ name }: { name: string }) => name === 'closed').figures[0];
    const section = page.getByRole('region', { name: 'Process owner' });
    await section.getByText(String(closed.count), { exact: true }).first().waitFor();
    await section
      .getByRole('button', { name: `Based on ${closed.count}` })
      .first()
      .click();
    const cases = page.getByRole('dialog').getByRole('link');
    await cases.first().waitFor();
    assert.equal(await cases.count(), Math.min(50, closed.count));
    assert.match(page.url(), /behind=/);
    await page.reload();
    await page.getByRole('dialog').getByRole('link').first().waitFor();
    await visited.close();
  });

  it('shows every measure of the API somewhere, with how it is counted', async () => {
    const visited = await open('ada', `${period}&process=refund`);
    const { page } = visited;
    const { body } = await at.here.call('GET', '/scorecard?from=2026-01-20&to=2026-04-01&process=refund', {
      as: 'ada',
    });
    await page.locator('.recharts-surface').first().waitFor();
    await loaded(page);
    for (const further of await page.getByRole('button', { name: 'Further measures' }).all()) await further.click();
    const definitions = (
      await page
        .locator('.definition')
        .evaluateAll((all) => all.map((one) => (one as unknown as { ariaLabel: string }).ariaLabel))
    ).join();
    const uncounted = (await page.getByText('Nothing was counted in this period').allTextContents()).join();
    for (const { name, definition, figures } of body.measures as {
      name: string;
      definition: string;
      figures: { count: number }[];
    }[])
      if (figures.some(({ count }) => count > 0)) assert.ok(definitions.includes(definition), `${name}: ${uncounted}`);
    await visited.close();
  });

  it('prints every row of a table, also those that it shows when asked', async () => {
    const visited = await open('ada');
    const { page } = visited;
    await page.locator('.recharts-surface').first().waitFor();
    await loaded(page);
    const further = page.locator('tr.printed-row').first();
    assert.equal(await further.isVisible(), false);
    await page.emulateMedia({ media: 'print' });
    assert.equal(await further.isVisible(), true);
    await visited.close();
  });

  it('keeps period and process in the address, and gives the same as a table', async () => {
    const visited = await open('ada');
    const { page } = visited;
    await page.getByLabel('Process', { exact: true }).selectOption('refund');
    await page.waitForURL(/process=refund/);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'CSV' }).click(),
    ]);
    assert.match(await readFile(await download.path(), 'utf8'), /^level,measure,unit/);
    await visited.close();
  });

  it('shows an owner their process, and nobody a scorecard who may see none', async () => {
    const owner = await open('otto');
    await owner.page.getByRole('region', { name: 'Business' }).getByText('Cost per case').first().waitFor();
    await owner.close();
    const other = await open('erin');
    await other.page.getByRole('alert').first().waitFor();
    assert.equal(await other.page.getByRole('link', { name: 'Scorecard' }).count(), 0);
    await other.close();
  });

  for (const [language, colours, width] of [
    ['en', 'light', 1280],
    ['de', 'dark', 390],
  ] as const)
    it(`is sound in ${language}, ${colours}, ${width} pixels wide`, async () => {
      const visited = await open('ada', `${period}&process=refund`, { language, colours, width });
      await visited.page.locator('.recharts-surface').first().waitFor();
      await loaded(visited.page);
      const wide = await visited.page.evaluate('document.documentElement.scrollWidth');
      assert.ok(Number(wide) <= width, `the page is ${String(wide)} wide`);
      await assertSound(visited, `${language} ${colours}`);
      await visited.close();
    });
});
