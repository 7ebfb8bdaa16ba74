import assert from 'node:assert/strict';
import { makeDigests } from '../../outbound/digests.ts';
import { nextReport, weekBefore } from '../../outbound/weekly-report.ts';
import { checkTargets } from '../../api/targets.ts';
import { closeCase, registerCase } from '../../store/cases.ts';
import { rebuildFacts } from '../../store/facts.ts';
import { setRoles } from '../../store/members.ts';
import { type NotificationSettings, setNotifications } from '../../store/notifications.ts';
import { setTarget } from '../../store/targets.ts';
import * as definitions from '../../workflows/definitions.ts';
import { request, waitingCase } from '../api/world.ts';
import { mailServer, type MailServer } from './mail-server.ts';
import { messageWorld, type MessageWorld, publicUrl } from './message-world.ts';

const wanted: NotificationSettings = {
  mail: { opened: 'never', expired: 'never' },
  ...{ language: 'en', timeZone: 'Europe/Berlin', digestAt: '08:00', queueDigest: 'never', weeklyReport: 'weekly' },
};
const never = { ...wanted, weeklyReport: 'never' } as const;
const report = (line: string) => assert.fail(line);

describe('the weekly report', function () {
  this.timeout(120_000);
  let here: MessageWorld;
  let server: MailServer;
  before(async () => {
    [here, server] = await Promise.all([messageWorld(), mailServer()]);
    const { pool } = here;
    await setRoles(pool, 'delia', ['data-leader']);
    await pool.query(`update people set email = 'delia@example.com' where person = 'delia'`);
    for (const person of ['leo', 'lea', 'mia']) await setNotifications(pool, person, never);
    await waitingCase(pool, 'W-1');
    for (const id of ['W-2', 'W-3']) {
      const opening = { caseId: `refund/${id}`, process: 'refund', businessKey: id, runId: id, requester: 'rita' };
      await registerCase(pool, { ...opening, request: request(id) });
      await closeCase(pool, { caseId: opening.caseId, outcome: 'refunded', result: {} });
    }
    await rebuildFacts(pool, { definitions, report });
    await pool.query(
      `update fact_cases set opened_at = opened_at - interval '7 days', closed_at = closed_at - interval '7 days'`,
    );
    await setTarget(
      pool,
      { ...{ process: 'refund', measure: 'open', bound: 'at-most', value: 0 }, overDays: 1, of: {}, because: 'x' },
      'cora',
    );
    await checkTargets({ pool, definitions, report });
  });
  after(async () => {
    await server.close();
    await here.close();
  });
  beforeEach(async () => {
    await here.pool.query('delete from messages; delete from notification_settings');
    server.got.splice(0);
  });

  const weeksPass = (weeks: number) =>
    here.pool.query('update notification_settings set reported_at = reported_at - make_interval(weeks => $1)', [weeks]);
  const sendAll = async () => {
    const sending = here.send(server.url);
    await here.settled();
    await sending.close();
    return server.got.splice(0);
  };

  it('comes on Mondays to the owner who wants it, with counts and a link and nobody’s name', async () => {
    await setNotifications(here.pool, 'cora', wanted);
    await makeDigests(here.pool);
    assert.deepEqual(await sendAll(), [], 'none before the first Monday');
    await weeksPass(1);
    await makeDigests(here.pool);
    const [mail, ...others] = await sendAll();
    assert.deepEqual([mail!.to, others], ['cora@example.com', []]);
    assert.match(String(mail!.headers.get('subject')), /^Weekly report: \d+ \w+ \d{4} to \d+ \w+ \d{4}$/);
    const counts = 'Refund: 3 started, 2 closed, 2 of them straight through, 1 open, 1 targets missed';
    assert.ok(mail!.text.replaceAll(/\s+/g, ' ').includes(counts), mail!.text);
    assert.ok(mail!.text.includes(`${publicUrl}/scorecard?process=refund&from=`));
    assert.doesNotMatch(mail!.text, /rita|leo|lea\b|cora/);
  });

  it('comes once for all the weeks that everything was off', async () => {
    await setNotifications(here.pool, 'cora', wanted);
    await weeksPass(5);
    await Promise.all([makeDigests(here.pool), makeDigests(here.pool)]);
    await makeDigests(here.pool);
    assert.equal((await sendAll()).length, 1);
  });

  it('that was not sent gives way to the next one', async () => {
    await setNotifications(here.pool, 'cora', wanted);
    for (let week = 0; week < 2; week++) {
      await weeksPass(1);
      await makeDigests(here.pool);
    }
    assert.deepEqual(
      (await here.stored()).map(({ state }) => state),
      ['outdated', 'waiting'],
    );
    assert.equal((await sendAll()).length, 1);
  });

  it('comes to leaders in their language, and to nobody who owns and leads nothing, or does not want it', async () => {
    for (const person of ['delia', 'leo']) await setNotifications(here.pool, person, { ...wanted, language: 'de' });
    await setNotifications(here.pool, 'cora', never);
    await weeksPass(1);
    await makeDigests(here.pool);
    const [mail, ...others] = await sendAll();
    assert.deepEqual([mail!.to, others], ['delia@example.com', []]);
    assert.match(mail!.text.replaceAll(/\s+/g, ' '), /Erstattung: 3 begonnen, 2 abgeschlossen, davon 2 ohne Übergabe/);
  });

  it('chosen again after a while begins with the next Monday', async () => {
    await setNotifications(here.pool, 'cora', never);
    await weeksPass(3);
    await setNotifications(here.pool, 'cora', wanted);
    await makeDigests(here.pool);
    assert.deepEqual(await here.stored(), []);
  });

  it('keeps to the week of the reader’s zone, also when clocks change', () => {
    const at = (text: string) => new Date(text);
    assert.deepEqual(nextReport(at('2026-03-27T12:00:00Z'), 'Europe/Berlin', '08:00'), at('2026-03-30T06:00:00Z'));
    assert.deepEqual(nextReport(at('2026-03-30T05:59:00Z'), 'Europe/Berlin', '08:00'), at('2026-03-30T06:00:00Z'));
    assert.deepEqual(nextReport(at('2026-03-30T06:00:00Z'), 'Europe/Berlin', '08:00'), at('2026-04-06T06:00:00Z'));
    const week = { from: at('2026-03-22T23:00:00Z'), to: at('2026-03-29T22:00:00Z') };
    assert.deepEqual(weekBefore(at('2026-03-29T22:00:00Z'), 'Europe/Berlin'), week);
    assert.deepEqual(weekBefore(at('2026-04-05T21:59:59Z'), 'Europe/Berlin'), week);
  });
});
