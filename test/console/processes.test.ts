import assert from 'node:assert/strict';
import type { ProcessDefinition } from '../../core/declare/definition.ts';
import { queuesOf } from '../../systems/queues-of.ts';
import * as declared from '../../workflows/definitions.ts';
import type { World } from '../api/world.ts';
import { assertSound, browserOf, visit } from './browser.ts';
import { processesWorld } from './processes-world.ts';

const definitions: Record<string, ProcessDefinition> = { ...declared };

describe('The pages of processes', function () {
  this.timeout(120_000);
  const browser = browserOf(this);
  let at: World;
  let close: (() => Promise<void>) | undefined;
  before(async () => void ({ at, close } = await processesWorld(300)));
  after(() => close?.());

  const as = (person: string, path: string, looks: Parameters<typeof visit>[4] = {}) =>
    visit(browser(), at.api.url, person, path, looks);

  it('list what one sees with what is open, and name the others', async () => {
    const visited = await as('leo', '/processes', { colours: 'dark' });
    const { page } = visited;
    const row = page.getByRole('row').filter({ has: page.getByRole('link', { name: /^Refund$/ }) });
    await row
      .getByRole('link', { name: /^\d+ × / })
      .first()
      .waitFor();
    const seen = Object.values(definitions).filter((one) => queuesOf(one).has('support-leads'));
    assert.equal(await page.getByRole('row').count(), 1 + seen.length);
    const others = page.getByRole('region', { name: 'Other processes' });
    assert.equal(await others.getByRole('listitem').count(), 8 - seen.length);
    await assertSound(visited, 'the list, dark');
    await visited.close();
  });

  it('draw each process with every step that it declares', async () => {
    const visited = await as('ada', '/processes');
    const { page } = visited;
    for (const { name, ...definition } of Object.values(definitions)) {
      await page.evaluate(`history.pushState({}, '', '/processes/${name}')`);
      await page.locator(`[data-step="outcome:${Object.keys(definition.outcomes)[0]}"]`).waitFor();
      const steps = await page.evaluate(
        `[...document.querySelectorAll('[data-step]')].map((one) => [one.dataset.step, one.innerText])`,
      );
      const shown = new Map(steps as [string, string][]);
      const { context, inferences, policies, handoffs, actions, events, outcomes } = definition;
      const kinds = { read: context, inference: inferences, ruling: policies, handoff: handoffs, action: actions };
      for (const [kind, of] of Object.entries({ ...kinds, event: events, outcome: outcomes }))
        for (const step of Object.keys(of)) assert.ok(shown.get(`${kind}:${step}`)?.trim(), `${name}: ${kind} ${step}`);
    }
    await visited.open('/processes/refund');
    const review = page.locator('[data-step="handoff:review"]');
    const waits = review.getByRole('link', { name: /^\d+ waiting/ });
    assert.match((await waits.getAttribute('href'))!, /^\/handoffs\?process=refund/);
    await review.getByRole('button').click();
    await page.getByRole('region').filter({ hasText: 'Waits here now' }).getByText('Comes after').waitFor();
    assert.match(page.url(), /step=handoff/);
    await assertSound(visited, 'the flow');
    await visited.close();
  });

  it('stop a process at its owner’s word, and let it go on', async () => {
    const visited = await as('svea', '/processes/refund?tab=controls');
    const { page } = visited;
    const own = page.getByRole('region', { name: 'This process', exact: true });
    await own.getByRole('button', { name: 'Stop: This process' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Stop', exact: true }).click();
    await dialog.getByText('Say why').waitFor();
    await dialog.getByLabel('Reason').fill('Refunds are paid twice.');
    await assertSound(visited, 'the reason');
    await dialog.getByRole('button', { name: 'Stop', exact: true }).click();
    await own.getByText('Refunds are paid twice.').waitFor();
    await page.getByText('Stopped by: this process').waitFor();
    const { rows } = await at.pool.query(
      `select by from switches where stopped and scope = 'process' and name = 'refund'`,
    );
    assert.deepEqual(rows, [{ by: 'svea' }]);
    const lift = own.getByRole('button', { name: 'Let it go on: This process' });
    await lift.click();
    await page.locator('textarea:focus').waitFor();
    await page.keyboard.type('It was one customer.');
    await page.getByRole('dialog').getByRole('button', { name: 'Let it go on' }).click();
    await own.getByText('It was one customer.').waitFor();
    await own.getByRole('status').getByText('This process goes on.').waitFor();
    assert.equal(await page.getByText('Stopped by: this process').count(), 0);
    assert.equal(await page.getByRole('button', { name: /^Stop: System/ }).count(), 0, 'that is an administrator’s');
    await assertSound(visited, 'switches');
    await visited.close();
  });

  it('offer the switch and the level to nobody else, and refuse in words who lost the role meanwhile', async () => {
    const auditor = await as('ada', '/processes/refund?tab=controls');
    await auditor.page.getByText(/^Only Customer support and administrators/).waitFor();
    await auditor.page.getByRole('region', { name: 'With approval' }).waitFor();
    assert.equal(await auditor.page.getByRole('button', { name: /^(Stop|Let it|Change)/ }).count(), 0);
    await auditor.close();
    const visited = await as('svea', '/processes/refund?tab=controls');
    const { page } = visited;
    await page.getByRole('button', { name: 'Change to this: Supervised' }).click();
    await page.getByLabel('Reason').fill('To see what it does.');
    await at.call('PUT', '/people/svea/roles', { as: 'amos', body: { roles: [] } });
    await page.getByRole('dialog').getByRole('button', { name: 'Change to this' }).click();
    await page.getByRole('alert').getByText('You may not change this any more').waitFor();
    assert.equal(await page.getByLabel('Reason').inputValue(), 'To see what it does.');
    await at.call('PUT', '/people/svea/roles', { as: 'amos', body: { roles: ['customer-support'] } });
    await page.getByRole('dialog').getByRole('button', { name: 'Change to this' }).click();
    await page.getByText('Autonomy is now: Supervised.').waitFor();
    await visited.close();
    const outside = await as('clara', '/processes/refund');
    await outside.page.getByText('There is nothing here').waitFor();
    await outside.close();
  });

  it('show a policy as a table that one can read, and what changed between two versions', async () => {
    const visited = await as('leo', '/processes/refund?tab=policies', { language: 'de', colours: 'dark' });
    const { page } = visited;
    const large = page.locator('tr[data-rule="large-refund"]');
    await large.getByText('mindestens 250,00').waitFor();
    await page.getByRole('row').filter({ hasText: 'Alles, was keine Zeile darüber erfasst' }).waitFor();
    await assertSound(visited, 'a table, German, dark');
    await page.getByRole('button', { name: 'Mit der geltenden vergleichen' }).click();
    const changed = page.locator('[data-rule="large-refund"]');
    assert.match((await changed.locator('del').innerText()).replaceAll(/\s+/g, ' '), /mindestens 500,00/);
    assert.match((await changed.locator('ins').innerText()).replaceAll(/\s+/g, ' '), /mindestens 250,00/);
    await page.locator('[data-rule="many-orders"]').getByText('Entfernt').waitFor();
    await assertSound(visited, 'a diff, German, dark');
    await visited.close();
  });

  it('read the contracts and the people without a fault, in both themes and on a narrow screen', async () => {
    const visited = await as('leo', '/processes/refund?tab=contracts', { colours: 'dark', width: 390 });
    for (const kind of ['Models', 'People']) {
      await visited.page.getByRole('tablist', { name: 'Kinds of contract' }).getByRole('tab', { name: kind }).click();
      await visited.page.getByRole('tabpanel').getByRole('heading', { level: 2 }).first().waitFor();
      await assertSound(visited, kind);
    }
    await visited.page.emulateMedia({ colorScheme: 'light' });
    await visited.open('/processes/refund?tab=people');
    const queue = visited.page.getByRole('region', { name: 'Support leads' });
    await queue.getByText('Members: 1').waitFor();
    await visited.page.getByRole('region', { name: 'Finance' }).getByText('not shown to you').waitFor();
    assert.equal(await visited.page.evaluate('document.documentElement.scrollWidth'), 390);
    await assertSound(visited, 'people');
    await visited.close();
  });
});
