import assert from 'node:assert/strict';
import { transaction } from '../../store/pool.ts';
import { openTask } from '../../store/tasks.ts';
import * as declared from '../../workflows/definitions.ts';
import { at, type World } from '../api/world.ts';
import { until } from '../world.ts';
import { assertSound, browserOf, type Looks, visit, type Visit } from './browser.ts';
import { processesWorld } from './processes-world.ts';

const review = 'refund/waits-1/review-1';
const task = 'refund/waits-2/payCustomer-1/too-long';
const tabs = ['flow', 'contracts', 'policies', 'controls', 'people'];

/** Every page and what opens on it, by who may see it. */
const pages: Record<string, readonly string[]> = {
  leo: ['/handoffs', `/handoffs/${at(review)}`, `/handoffs/${at(task)}`, '/me', '/nowhere', '/processes/lead-intake'],
  nora: ['/requests', ...Object.keys({ ...declared }).map((process) => `/requests/new/${process}`)],
  rita: [`/questions/${at('refund/waits-1/question-1')}`, `/handoffs/${at(review)}`, '/scorecard'],
  ada: [
    ...['/cases', `/cases/${at('refund/waits-1')}`, '/cases?text=nothing', `/cases/${at('refund/none')}`],
    ...['/processes', '/queues', '/queues/support-leads', '/scorecard?process=refund'],
    ...tabs.map((tab) => `/processes/refund?tab=${tab}`),
  ],
};

/** What stands beside the page, or is cut off without a way to see it; what is drawn off the screen on purpose is no part of it. */
const outside = `(() => {
  const root = document.documentElement;
  const wide = root.scrollWidth > root.clientWidth ? ['the page is ' + root.scrollWidth + ' wide'] : [];
  const cut = [...document.querySelectorAll('main *')].filter((one) => {
    const { overflowX, visibility } = getComputedStyle(one);
    const { width, height } = one.getBoundingClientRect();
    const isShown = width > 2 && height > 2 && visibility !== 'hidden' && !one.closest('svg, input, textarea');
    return isShown && ['hidden', 'clip'].includes(overflowX) && one.scrollWidth > one.clientWidth + 1;
  });
  return [...wide, ...cut.map((one) => 'cut off: ' + one.textContent.slice(0, 80))];
})()`;

describe('Every page of the console', function () {
  this.timeout(240_000);
  const browser = browserOf(this);
  let here: World;
  let close: (() => Promise<void>) | undefined;
  before(async () => {
    ({ at: here, close } = await processesWorld(40));
    const because = 'It has gone on for too long';
    const whose = { owner: 'support-leads', escalateTo: 'support-managers' };
    const key = task.slice(0, task.lastIndexOf('/'));
    await transaction(here.pool, (db) =>
      openTask(db, { caseId: 'refund/waits-2', key, kind: 'too-long', ...whose, because, detail: {} }),
    );
    const body = { to: 'requester', question: 'Which one?' };
    await here.call('POST', `/handoffs/${at(review)}/questions`, { as: 'leo', body });
  });
  after(() => close?.());

  const go = async ({ page }: Visit, path: string) => {
    await page.evaluate(`history.pushState({}, '', ${JSON.stringify(path)})`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    const loading = page.locator('main [role=status][aria-label]').first();
    await loading.waitFor({ state: 'detached' });
  };
  const fits = async ({ page }: Visit, where: string) => {
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 900 });
      let found: unknown[] = [];
      const isRight = async () => {
        found = (await page.evaluate(outside)) as unknown[]; // it is laid out anew in a moment
        return found.length === 0;
      };
      await until(isRight, `${where} fits`, 3_000).catch(() => undefined);
      assert.deepEqual(found, [], `${where}, ${width} wide`);
    }
  };

  const both: readonly Looks[] = [
    { language: 'en', colours: 'light' },
    { language: 'de', colours: 'dark' },
  ];
  for (const looks of both)
    it(`fits a wide and a narrow screen, and is sound: ${looks.language}, ${looks.colours}`, async () => {
      for (const [person, paths] of Object.entries(pages)) {
        const visited = await visit(browser(), here.api.url, person, '/me', looks);
        for (const path of paths) {
          await go(visited, path);
          await fits(visited, path);
          await assertSound(visited, path);
        }
        await visited.close();
      }
    });

  it('says that it failed, and fits, where the API does', async () => {
    for (const looks of both) {
      const visited = await visit(browser(), here.api.url, 'ada', '/me', looks);
      const { page } = visited;
      await page.getByRole('heading', { level: 2 }).first().waitFor();
      const body = JSON.stringify({ code: 'unexpected', title: 'Something went wrong here', status: 500 });
      await page.route(/\/(cases|queues|handoffs|processes|workload|scorecard)\b/, (route) =>
        route.request().resourceType() === 'fetch'
          ? route.fulfill({ status: 500, contentType: 'application/problem+json', body })
          : route.continue(),
      );
      for (const path of ['/queues', `/handoffs/${at(review)}`]) {
        await page.evaluate(`history.pushState({}, '', ${JSON.stringify(path)})`);
        await page.getByRole('alert').first().waitFor({ timeout: 60_000 });
        await fits(visited, path);
        await assertSound(visited, `${path}, failed`);
      }
      await visited.close();
    }
  });
});
