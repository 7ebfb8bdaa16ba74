import assert from 'node:assert/strict';
import { findHandoff } from '../../store/handoffs.ts';
import { at } from '../api/world.ts';
import { vocabularyWorld, type VocabularyWorld } from '../vocabulary/world.ts';
import { assertSound, browserOf, type Looks, visit, type Visit } from './browser.ts';

describe('What is sent back, in the console', function () {
  this.timeout(120_000);
  const browser = browserOf(this);
  let world: VocabularyWorld;
  before(async () => void (world = await vocabularyWorld()));
  after(() => world?.close());

  const open = (person: string, path: string, looks: Looks = {}) =>
    visit(browser(), world.api.api.url, person, path, looks);
  const pathOf = (id: string) => `/handoffs/${at(id)}`;
  const button = ({ page }: Visit, name: string) => page.getByRole('button', { name, exact: true });
  const says = ({ page }: Visit, text: string) => page.getByRole('status').filter({ hasText: text }).waitFor();

  it('comes to who asked for it, who changes it, and is asked again with what is different now', async () => {
    const told = { told: 'toWhoAsked', amount: 60_000 };
    const caseId = await world.begin('goes back', told, { requestedBy: 'rita' });
    const { id } = await world.asked(caseId, 'toWhoAsked-1');
    const sending = await open('leo', pathOf(id));
    await button(sending, 'Send back').click();
    const dialog = sending.page.getByRole('dialog');
    await dialog.getByText('It goes back to Who asked for it, and comes to you again afterwards.').waitFor();
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('What is it for?');
    await dialog.getByRole('button', { name: 'Send back' }).click();
    await says(sending, 'You sent it back');
    await sending.close();

    const asked = await open('rita', '/requests', { colours: 'dark' });
    const { page } = asked;
    await page.getByRole('link', { name: 'It waits for you' }).click();
    await page.getByRole('heading', { name: /sent back: please put it right/ }).waitFor();
    await page.getByText('What is it for?').first().waitFor();
    const done = button(asked, 'Done: ask again');
    await done.click();
    await page.getByText('This is needed.').waitFor();
    await page.getByRole('textbox', { name: 'Yours' }).first().fill('It is for the new office.');
    await page.getByRole('textbox', { name: 'Yours' }).last().fill('500');
    await page.getByRole('textbox', { name: 'What you did about it' }).fill('It costs less.');
    await assertSound(asked, 'a rework');
    await done.click();
    await says(asked, 'You put it right');
    await asked.close();

    await world.asked(caseId, 'toWhoAsked-2');
    const again = await open('leo', pathOf(`${caseId}/toWhoAsked-2`));
    await again.page.getByText('It costs less.').first().waitFor();
    const amount = again.page.getByRole('group', { name: 'Amount' });
    assert.match(await amount.innerText(), /Before\s+€600.00\s+Now\s+€500.00/);
    assert.match(await again.page.getByRole('group', { name: 'Why' }).locator('ins').last().innerText(), /new office/);
    await assertSound(again, 'what is asked again');
    await button(again, 'Approve').click();
    await button(again, 'Approve these terms').click();
    await says(again, 'You approved it');
    assert.equal(await world.text(caseId), '50000 by leo');
    assert.equal((await findHandoff(world.pool, `${id}/rework`))!.decision!.verdict, 'reworked');
    await again.close();
  });
});
