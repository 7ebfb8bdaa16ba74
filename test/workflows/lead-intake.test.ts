import assert from 'node:assert/strict';
import { until } from '../world.ts';
import { mailbox } from './lead-intake/good-world.ts';
import { hastyDefinitions, type LeadWorld, leadWorld } from './lead-intake/world.ts';

const asOf = '2027-03-02T09:00:00Z';

describe('a lead', () => {
  let world: LeadWorld;
  before(async () => {
    world = await leadWorld();
  });
  after(() => world?.close());

  const outcome = async (caseId: string) => (await world.closed(caseId)).outcome;
  const impact = async (caseId: string) => (await world.lines(caseId, 'case.closed'))[0].impact;
  const rule = async (caseId: string) =>
    (await world.lines(caseId, 'policy.ruled')).findLast(({ facts }) => 'reachable' in facts[0]).rule;
  const dueAfter = async (caseId: string) => {
    const { waitingOn } = await world.waits(caseId);
    return Math.round((Date.parse(waitingOn[0]!.dueAt!.toString()) - Date.parse(asOf)) / 60_000);
  };

  it('goes to the one of its territory with the fewest open leads, is enrolled and welcomed, and waits for them', async () => {
    const busy = [{ person: 'l.brandt', openLeads: 9 }];
    const caseId = await world.begin({}, { representatives: busy }, asOf);
    await world.isGivenTo(caseId, 'm.keller');
    assert.equal(await dueAfter(caseId), 1440);
    assert.deepEqual(await world.operations(caseId), [
      ...['leads.create', 'leads.assign', 'outreach.enrol', 'outreach.sendFirstMessage'],
    ]);
    await world.touches(caseId, 'm.keller');
    assert.equal(await outcome(caseId), 'touched');
    assert.deepEqual(await impact(caseId), { minutesToFirstTouch: 0, touchedInTime: true, pipelineValue: 1_800_000 });
  });

  it('goes to the first of the team as it is listed where all have as many open leads', async () => {
    const caseId = await world.begin();
    await world.isGivenTo(caseId, 'l.brandt');
  });

  it('that asks for a demo is answered within five minutes, of its receipt', async () => {
    const caseId = await world.begin({ message: 'Could we have a DEMO?' }, {}, asOf);
    assert.equal(await dueAfter(caseId), 5);
  });

  it('passes over who is absent and who is full', async () => {
    const caseId = await world.begin(
      { country: 'USA' },
      {
        representatives: [
          { person: 'j.ortiz', absentUntil: '2027-03-02' },
          { person: 'p.chen', openLeads: 5, capacity: 5 },
          { person: 's.walsh', openLeads: 19 },
        ],
      },
      asOf,
    );
    await world.isGivenTo(caseId, 's.walsh');
    const passed = (await world.lines(caseId, 'policy.ruled')).filter(({ verdict }) => verdict === 'pass-over');
    assert.deepEqual(
      passed.map(({ terms, rule }) => [terms.owner, rule]),
      [
        ['j.ortiz', 'absent'],
        ['p.chen', 'full'],
      ],
    );
  });

  it('whose team is all away goes to the team queue, for an hour', async () => {
    const away = [{ person: 'h.ahmed', absentUntil: '2027-03-31' }];
    const caseId = await world.begin({ country: 'UK' }, { representatives: away }, asOf);
    await world.isGivenTo(caseId, 'sales-queue');
    assert.equal(await dueAfter(caseId), 60);
  });

  it('goes back to them on the day after their absence', async () => {
    const caseId = await world.begin(
      { country: 'UK' },
      { representatives: [{ person: 'h.ahmed', absentUntil: '2027-03-01' }] },
      asOf,
    );
    await world.isGivenTo(caseId, 'h.ahmed');
  });

  it('from nowhere in particular goes to the team queue', async () => {
    const caseId = await world.begin({ country: 'EMEA' });
    await world.isGivenTo(caseId, 'sales-queue');
  });

  it('of a named account goes to its owner, or to the backup where the owner has left', async () => {
    await world.isGivenTo(await world.begin({}, { account: {} }), 'j.ortiz');
    await world.isGivenTo(await world.begin({}, { account: { ownerActive: false } }), 'team.lead');
  });

  it('of a named account whose owner is away goes to the backup', async () => {
    const away = [{ person: 'j.ortiz', absentUntil: '2027-03-31' }];
    await world.isGivenTo(await world.begin({}, { account: {}, representatives: away }, asOf), 'team.lead');
  });

  it('above the line of employees or of budget goes to the enterprise team of its territory', async () => {
    await world.isGivenTo(await world.begin({ employees: '1,000+' }), 'ent.dach');
    await world.isGivenTo(await world.begin({ budget: 5_000_000 }), 'ent.dach');
  });

  it('that a partner registered is handed to the channel manager', async () => {
    const caseId = await world.begin({}, { registration: {}, account: {} });
    await world.isGivenTo(caseId, 'partner-desk');
    await world.touches(caseId, 'pablo');
    const { result, ...closed } = await world.closed(caseId);
    assert.equal(closed.outcome, 'handed-to-partner');
    assert.equal((result as { partner: string }).partner, 'Westland Partners');
  });

  it('whose deal the partner has closed is ours', async () => {
    await world.isGivenTo(await world.begin({}, { registration: { open: false } }), 'l.brandt');
  });

  it('of somebody known is merged into the contact, whose owner stays', async () => {
    const written = ' MAILTO:J.Amann+Fair@Ahrenglas.example ';
    const caseId = await world.begin({ email: written }, { contact: {} });
    await world.waits(caseId);
    assert.deepEqual(await world.operations(caseId), ['leads.merge']);
    await world.touches(caseId, 'h.ahmed');
    const { outcome, result } = await world.closed(caseId);
    const { contactId, owner } = result as { contactId: string; owner: string };
    assert.deepEqual([outcome, contactId, owner], ['merged', 'CO-1', 'h.ahmed']);
  });

  it('without consent is routed all the same, and neither enrolled nor written to', async () => {
    const caseId = await world.begin({ consent: false });
    await world.isGivenTo(caseId, 'l.brandt');
    assert.deepEqual(await world.operations(caseId), ['leads.create', 'leads.assign']);
  });

  it('is not said to have consented by a person', async () => {
    const body = { leadId: world.next(), email: mailbox };
    const enters = (more: object) =>
      world.api.call('POST', '/processes/lead-intake/cases', {
        ...{ as: 'salma', body: { ...body, ...more }, headers: { 'idempotency-key': crypto.randomUUID() } },
      });
    const { status, body: problem } = await enters({ consent: true });
    assert.deepEqual([status, problem.code], [403, 'role-missing']);
  });

  it('without consent that only wants to look around is kept, and nothing is sent', async () => {
    const looking = { email: 'looks@gmail.com', company: 'n/a', consent: false };
    const caseId = await world.begin(looking);
    assert.equal(await outcome(caseId), 'nurtured');
    assert.deepEqual(await world.operations(caseId), ['leads.create']);
    const consents = await world.begin({ ...looking, consent: true });
    assert.equal(await outcome(consents), 'nurtured');
    assert.deepEqual(await world.operations(consents), ['leads.create', 'outreach.enrol']);
  });

  for (const [what, changes] of Object.entries({
    'that a machine filled in': { honeypot: 'https://buy.example' },
    'full of links': { message: 'http://a.example http://b.example HTTPS://c.example' },
    'that advertises': { message: 'CASINO bonus' },
    'that nobody could answer': { email: 'a@b', phone: '123' },
  }))
    it(`${what} is disqualified: nothing is written, no model is asked`, async () => {
      const before = (await world.asked()).length;
      const caseId = await world.begin(changes);
      assert.equal(await outcome(caseId), 'disqualified');
      assert.deepEqual(await world.operations(caseId), []);
      assert.equal((await world.asked()).length, before);
      assert.deepEqual(await impact(caseId), { pipelineValue: 0 });
    });

  it('of somebody who opted out is recorded as a touch, and nothing else', async () => {
    const caseId = await world.begin({}, { optOut: mailbox.toUpperCase(), contact: {} });
    assert.equal(await outcome(caseId), 'disqualified');
    assert.deepEqual(await world.operations(caseId), ['leads.recordTouch']);
  });

  it('from a sanctioned country is held for compliance, and routed once they clear it', async () => {
    const caseId = await world.begin({ ipCountry: 'KP' });
    await world.isAsked(caseId, 'sanctions-compliance');
    assert.deepEqual(await world.operations(caseId), []);
    await world.answers(caseId, 'sanctions-compliance', 'approved');
    await world.isGivenTo(caseId, 'l.brandt');
  });

  it('from a sanctioned country that compliance refuse is disqualified', async () => {
    const caseId = await world.begin({ country: 'Cuba' });
    await world.answers(caseId, 'sanctions-compliance', 'rejected');
    assert.equal(await outcome(caseId), 'disqualified');
    assert.deepEqual(await world.operations(caseId), []);
  });

  it('from a sanctioned country that compliance never answer is given to nobody', async () => {
    const caseId = await world.begin({ country: 'Cuba' });
    const { id } = await world.isAsked(caseId, 'sanctions-compliance');
    await world.pool.query(
      `update handoffs set at_risk_at = now() - interval '3 s', escalates_at = now() - interval '2 s', expires_at = now() where id = $1`,
      [id],
    );
    await world.client.workflow.getHandle(caseId).signal('decided', { handoffId: id, verdict: 'approved', by: '' });
    assert.equal(await outcome(caseId), 'lapsed');
    assert.deepEqual(await world.operations(caseId), []);
  });

  it('of a competitor, a job seeker or a customer in need goes to its desk, and is not sold to', async () => {
    const cases: [string, object, object][] = [
      ['competitive-desk', { email: 'x@rivalflow.example' }, {}],
      ['people-team', { message: 'Bewerbung als Werkstudent' }, {}],
      ['support', { message: 'Our instance is down!' }, { account: { customer: true } }],
    ];
    for (const [desk, changes, records] of cases) {
      const caseId = await world.begin(changes, records);
      await world.isGivenTo(caseId, desk);
      assert.deepEqual(await world.operations(caseId), ['leads.create', 'leads.assign']);
    }
  });

  it('that writes of a thesis but wants a price is no job seeker', async () => {
    const caseId = await world.begin({ message: 'Pricing for my thesis?' });
    await world.waits(caseId);
    assert.equal(await rule(caseId), 'territory');
  });

  it('that cannot be enrolled leaves nothing behind', async () => {
    await world.fault({ operation: 'outreach.enrol', mode: 'refuse', times: 1 });
    const caseId = await world.begin();
    assert.equal(await outcome(caseId), 'failed');
    assert.deepEqual(await world.operations(caseId), [
      ...['leads.create', 'leads.assign', 'leads.restoreOwner', 'leads.remove'],
    ]);
    assert.deepEqual((await world.held())['leads']?.['leads'] ?? [], []);
  });

  it('that comes as an event is a case, once', async () => {
    await world.seed({});
    const id = world.next();
    for (let times = 0; times < 2; times++)
      await world.send('received', { leadId: id, email: mailbox, country: 'Schweiz' });
    await world.isGivenTo(`lead-intake/${id}`, 'l.brandt');
    assert.deepEqual(await world.operations(`lead-intake/${id}`), ['leads.create', 'leads.assign']);
  });

  describe('that nobody answers in time', () => {
    let world: LeadWorld;
    before(async () => {
      world = await leadWorld(hastyDefinitions);
    });
    after(() => world?.close());
    afterEach(() => world.mend());

    const reminded = async (caseId: string) =>
      (await world.written(caseId, 'leads.remindOwner')).map(({ owner }) => owner);

    it('is given to the next, each reminded before, then to the queue, and lapses', async () => {
      const caseId = await world.begin();
      for (const owner of ['l.brandt', 'm.keller', 'sales-queue']) {
        await world.isGivenTo(caseId, owner);
        await until(async () => (await reminded(caseId)).includes(owner), `${owner} is reminded`);
        await world.passesTheTime(caseId);
      }
      const { outcome, impact } = await world.closed(caseId);
      assert.deepEqual([outcome, impact], ['lapsed', { touchedInTime: false, pipelineValue: 0 }]);
      assert.deepEqual(await reminded(caseId), ['l.brandt', 'm.keller', 'sales-queue']);
    });

    it('and is answered by the next counts as late', async () => {
      const caseId = await world.begin();
      await world.isGivenTo(caseId, 'l.brandt');
      await world.passesTheTime(caseId);
      await world.isGivenTo(caseId, 'm.keller');
      await world.touches(caseId, 'm.keller');
      const { outcome, impact } = await world.closed(caseId);
      assert.equal(outcome, 'touched');
      assert.equal((impact as { touchedInTime: boolean }).touchedInTime, false);
    });

    it('is given to three people and no more, before the queue has it', async () => {
      const busy = ['j.ortiz', 'p.chen', 's.walsh'].map((person, openLeads) => ({ person, openLeads }));
      const caseId = await world.begin({ country: 'USA' }, { account: {}, representatives: busy });
      for (const owner of ['j.ortiz', 'team.lead', 'p.chen']) {
        await world.isGivenTo(caseId, owner);
        await world.passesTheTime(caseId);
      }
      await world.isGivenTo(caseId, 'sales-queue');
    });

    it('and that is cancelled then is out of the records, owner by owner', async () => {
      const caseId = await world.begin();
      await world.isGivenTo(caseId, 'l.brandt');
      await world.passesTheTime(caseId);
      await world.isGivenTo(caseId, 'm.keller');
      assert.equal((await world.cancel(caseId)).outcome, 'cancelled');
      assert.deepEqual((await world.operations(caseId)).slice(-4), [
        ...['leads.restoreOwner', 'outreach.unenrol', 'leads.restoreOwner', 'leads.remove'],
      ]);
      const restored = (await world.written(caseId, 'leads.restoreOwner')).map(({ result }) => result);
      assert.deepEqual(restored, [{ earlierOwner: 'l.brandt' }, { earlierOwner: null }]);
    });

    it('is over once it is answered, also while records for a reminder cannot be had', async () => {
      await world.misbehave({ mode: 'slow', ms: 1_500, times: 1, for: 'lead-intake_qualify' });
      const caseId = await world.begin();
      await until(async () => (await world.lines(caseId, 'policy.ruled')).length > 6, 'its records were read');
      await world.fault({ operation: 'outreach.optOutOf', mode: 'stale', ms: 172_800_000 });
      await world.isAsked(caseId, 'marketing-operations');
      await world.touches(caseId, 'l.brandt');
      assert.equal((await world.closed(caseId)).outcome, 'touched');
      assert.deepEqual(await reminded(caseId), []);
    });

    it('is no partner deal any more once sales answer it in the place of the channel manager', async () => {
      const caseId = await world.begin({}, { registration: {} });
      await world.isGivenTo(caseId, 'partner-desk');
      await world.passesTheTime(caseId);
      await world.isGivenTo(caseId, 'sales-operations');
      await world.touches(caseId, 'salma');
      assert.equal((await world.closed(caseId)).outcome, 'touched');
    });

    it('was merged goes to the team of its territory after its contact owner', async () => {
      const caseId = await world.begin({}, { contact: {} });
      await world.waits(caseId);
      await world.passesTheTime(caseId);
      await world.isGivenTo(caseId, 'l.brandt');
      await world.touches(caseId, 'l.brandt');
      assert.equal((await world.closed(caseId)).outcome, 'merged');
    });
  });
});
