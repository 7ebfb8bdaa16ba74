import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { largeRequest, records } from '../workflows/refund-request.ts';
import { type ReversalWorld, reversalWorld } from '../durability/reversal-world.ts';
import { assertSound, browserOf, type Looks, visit } from './browser.ts';

const dark: Looks = { colours: 'dark', language: 'de', width: 390 };
const pathOf = (caseId: string) => `/cases/${encodeURIComponent(caseId)}`;

describe('Cases in the console', function () {
  this.timeout(120_000);
  const browser = browserOf(this);
  let at: ReversalWorld;
  let paid: string;
  let waiting: string;
  let key: string;
  before(async () => {
    at = await reversalWorld();
    await at.seed(records);
    key = `R/${randomUUID().slice(0, 8)}%`; // its signs are encoded in the case's id, and that once more in a path
    paid = await at.paid({ requestId: key });
    waiting = await at.waitingCase({ ...largeRequest(), requestId: 'R-large' });
  });
  after(() => at?.close());

  const as = (person: string, path: string, looks?: Looks) => visit(browser(), at.api.api.url, person, path, looks);
  const rows = (page: Page) => page.getByRole('table', { name: 'Cases found' }).getByRole('row');

  it('are found by an order and by who asked, and the search is kept under a name', async () => {
    const visited = await as('leo', '/cases');
    const { page } = visited;
    await page.getByRole('searchbox', { name: 'Find' }).fill(`O-1 ${key}`);
    await page.getByLabel('Asked for by').fill('storefront');
    await page.getByRole('button', { name: 'Find' }).click();
    await page.getByText('1 case', { exact: true }).waitFor();
    assert.equal(new URL(page.url()).searchParams.get('requester'), 'storefront');
    await rows(page).getByText('Refunded').waitFor();
    await page.getByRole('button', { name: 'Saved searches' }).click();
    await page.getByLabel('Name of this search').fill('That order');
    await page.getByRole('button', { name: 'Save this search' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Clear all' }).click();
    await page.getByText('2 cases', { exact: true }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Saved searches' }).click();
    await page.getByRole('link', { name: 'That order' }).click();
    await page.getByText('1 case', { exact: true }).waitFor();
    await assertSound(visited, 'what was found');
    await rows(page).getByRole('link').click();
    await page.getByRole('heading', { name: `Refund ${key}` }).waitFor();
    await visited.close();
  });

  it('tell an auditor what was read, asked and written, and everybody else which step came when', async () => {
    const auditor = await as('ada', pathOf(paid));
    const { page } = auditor;
    await page.getByText('The customer got their money back.').waitFor();
    const story = page.getByRole('region', { name: 'What happened' });
    await story.getByText('Pay the customer back').waitFor();
    await story.getByRole('button', { name: /^Details of Check the message/ }).click();
    await story.getByText('Prompt: Instructions').waitFor();
    await assertSound(auditor, 'the case of an auditor');
    await auditor.close();

    const member = await as('leo', pathOf(paid), dark);
    await member.page.getByText('Dem Kunden Geld erstatten').first().waitFor();
    await member.page.getByText('49,00 €').first().waitFor();
    await member.page.getByText('Was gelesen, gefragt und geschrieben wurde, steht im Protokoll').waitFor();
    assert.equal(await member.page.getByRole('button', { name: /^Einzelheiten/ }).count(), 0);
    assert.equal(await member.page.getByRole('button', { name: /rückabwickeln|abbrechen/ }).count(), 0);
    await assertSound(member, 'the case of a member, in German, dark, narrow');
    await member.close();
  });

  it('prove their record in the browser, and show where a file that was tampered with breaks', async () => {
    const visited = await as('ada', pathOf(paid));
    const { page } = visited;
    const record = page.getByRole('region', { name: 'Record' });
    const lines = await at.record(paid);
    await record.getByText(`Unbroken, ${lines.length} lines`).waitFor();
    await record.getByText(lines.at(-1)!.hash).waitFor();
    const download = page.waitForEvent('download');
    await record.getByRole('button', { name: 'Download the record' }).click();
    const chunks: Buffer[] = [];
    for await (const chunk of await (await download).createReadStream()) chunks.push(chunk as Buffer);
    const kept = Buffer.concat(chunks).toString();
    const verify = (text: string) =>
      record.locator('input[type=file]').setInputFiles({
        ...{ name: 'record.ndjson', mimeType: 'application/x-ndjson', buffer: Buffer.from(text) },
      });
    await verify(kept.replace('"action":"return"', '"action":"cancel"'));
    await record.getByText('Broken at line 1').waitFor();
    await verify(kept.split('\n').toSpliced(2, 1).join('\n'));
    await record.getByText('Broken at line 3').waitFor();
    await verify(kept);
    await record.getByText(`Unbroken, ${lines.length} lines`).waitFor();
    await assertSound(visited, 'the record');
    await visited.close();
  });

  it('are reversed by two people: one asks and sees what is taken back, another approves', async () => {
    const asking = await as('amos', pathOf(paid));
    const { page } = asking;
    await page.getByRole('button', { name: 'Reverse the case' }).click();
    const dialog = page.getByRole('dialog', { name: 'Reverse the case' });
    await dialog.getByText(/actions are taken back, the newest first/).waitFor();
    await dialog.getByText('Pay the customer back').waitFor();
    await dialog.getByRole('button', { name: 'Ask for the reversal' }).click();
    await dialog.getByText('Say why').waitFor();
    await dialog.getByLabel('Reason').fill('It was paid to the wrong customer.');
    await assertSound(asking, 'before the click');
    await dialog.getByRole('button', { name: 'Ask for the reversal' }).click();
    await page.waitForURL(/reversal%2F/); // the page that is left says the same
    await page.getByText('Somebody in Customer support, other than whoever asked, must approve it').waitFor();
    const reversal = decodeURIComponent(new URL(page.url()).pathname.split('/').at(-1)!);
    assert.match(reversal, /^reversal\//);
    await page.getByRole('link', { name: `Refund ${key}` }).click();
    await page.getByRole('region', { name: 'Reversals' }).getByRole('link', { name: 'Open the approval' }).waitFor();
    await asking.close();

    const approving = await as('svea', `/handoffs/${encodeURIComponent(`${reversal}/approve-1`)}`, { language: 'de' });
    const terms = approving.page.getByRole('region', { name: 'Was genehmigt werden soll' });
    await terms.getByText('Dem Kunden Geld erstatten').waitFor();
    await terms.getByText('Erstattung zurückholen').waitFor();
    assert.doesNotMatch(await terms.innerText(), /\b(Order id|Refund id|payments\.)/);
    await approving.close();

    await at.answers(reversal, at.ownerOf(paid));
    await at.closed(reversal);
    const owner = await as('svea', pathOf(paid), { colours: 'dark' });
    await owner.page.getByRole('region', { name: 'Reversals' }).getByText('Reversed').waitFor();
    await owner.page.getByRole('region', { name: 'Actions' }).getByText('Action taken back').first().waitFor();
    await assertSound(owner, 'the reversed case, dark');
    await owner.close();
  });

  it('are cancelled by whoever they are escalated to, who reads what follows first', async () => {
    const visited = await as('mia', pathOf(waiting));
    const { page } = visited;
    await page.getByRole('link', { name: 'Open the handoff' }).first().waitFor();
    await page.getByRole('button', { name: 'Cancel the case' }).click();
    const dialog = page.getByRole('dialog', { name: 'Cancel the case' });
    await dialog.getByText('Nothing stands that could be taken back.').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('button:focus', { hasText: 'Cancel the case' }).waitFor();
    await page.keyboard.press('Enter');
    await dialog.getByLabel('Reason').fill('It was asked for twice.');
    await dialog.getByRole('button', { name: 'Cancel this case' }).click();
    await page.getByText('Somebody cancelled it.').waitFor({ timeout: 40_000 });
    assert.equal((await at.closed(waiting)).outcome, 'cancelled');
    await assertSound(visited, 'the cancelled case');
    await visited.close();
  });
});
