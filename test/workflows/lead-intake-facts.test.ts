import assert from 'node:assert/strict';
import { compileTable, decide } from '../../rules/decision-table.ts';
import { availability, inTurn, type Route } from '../../workflows/lead-intake/route.ts';
import { definition } from '../../workflows/lead-intake/definition.ts';
import { firstNumber, isBlank, isUsablePhone, mailboxOf, spelled } from '../../workflows/lead-intake/fields.ts';

const { countries, signals } = definition.policies;
const tables = { countries: compileTable(countries.table, countries), signals: compileTable(signals.table, signals) };

describe('the fields of a lead', () => {
  it('lead to a mailbox, however the address is written', () => {
    const known: Record<string, string | null> = {
      ' A.B+promo@Brook.EXAMPLE ': 'a.b@brook.example',
      'mailto:a@brook.example': 'a@brook.example',
      '<a@brook.example>': 'a@brook.example',
      '\u200ba@brook.example': 'a@brook.example',
      'ａ@brook.example': 'a@brook.example',
      'J.D.O.E+x@GoogleMail.com': 'jdoe@gmail.com',
    };
    for (const [address, mailbox] of Object.entries(known)) assert.equal(mailboxOf(address), mailbox, address);
    for (const none of [null, '', 'none', 'not-an-email', 'a@b', 'foo@@bar.example', '@example.com', '+x@gmail.com'])
      assert.equal(mailboxOf(none), null, String(none));
  });

  it('are blank also where something stands that says nothing', () => {
    for (const none of [
      null,
      '',
      ' ',
      '\u00a0',
      '\u200b',
      'n/a',
      'N/A',
      '-',
      'None',
      ' test ',
      'NULL',
      'undefined',
      '.',
    ])
      assert.ok(isBlank(none), String(none));
    for (const some of ['0', 'Null Ltd', 'testing', '..']) assert.ok(!isBlank(some), some);
  });

  it('hold a phone number from seven digits on', () => {
    assert.ok(isUsablePhone('０３-5550-8241'));
    assert.ok(isUsablePhone('123 45-67'));
    for (const none of [null, 'n/a', '123', '123456']) assert.ok(!isUsablePhone(none), String(none));
  });

  it('give the first number, with its separators of thousands', () => {
    const numbers: Record<string, number | null> = {
      ...{ '11-50': 11, 'ca. 80': 80, '1,000+': 1000, '10.000': 10_000, '12 000': 12_000, "1'000": 1000 },
      ...{ '２５００': 2500, '1001-5000': 1001, unknown: null, '': null, 'n/a': null, '99999999999999999999': 1e9 },
    };
    for (const [text, number] of Object.entries(numbers)) assert.equal(firstNumber(text), number, text);
  });

  it('name a country in any of its spellings, composed or not', () => {
    const codes = [
      'DEUTSCHLAND ',
      'O\u0308sterreich',
      'ｕｓａ',
      'u.s.',
      'भारत',
      'الإمارات',
      'Kenya',
      'Iran',
      'EMEA',
    ].map((country) => decide(tables.countries, { country: spelled(country) }));
    assert.deepEqual(
      codes.map(({ outputs }) => outputs['code']),
      ['DE', 'AT', 'US', 'US', 'IN', 'AE', 'KE', 'IR', ''],
    );
    assert.deepEqual(codes.map(({ verdict }) => verdict).slice(-3), ['known', 'sanctioned', 'unknown']);
  });

  it('tell what is wanted by words, form and size, all of which count', () => {
    const facts = { message: '', form: 'contact', honeypotFilled: false, links: 0, employees: 0, budget: 0 };
    const told = (changes: object) => decide(tables.signals, { ...facts, ...changes }).outputs;
    assert.deepEqual(told({}), { buying: 0, spam: 0, job: 0, support: 0, enterprise: 0 });
    const all = { message: 'a demo for my thesis: we cannot log in', form: 'demo', links: 3, employees: 1000 };
    assert.deepEqual(told(all), { buying: 2, spam: 1, job: 1, support: 1, enterprise: 1 });
  });
});

describe('the representatives of a lead', () => {
  const route: Route = {
    ...{ leadId: 'L', tier: 2, stays: false, first: [], team: ['a', 'b', 'c'], queue: 'queue' },
  };
  const entry = (person: string, openLeads: number) => ({ person, openLeads, capacity: 9, absentUntil: null });

  it('have it by their open leads, then as they are listed; who is not known has none', () => {
    assert.deepEqual(inTurn(route, []), ['a', 'b', 'c', 'queue']);
    assert.deepEqual(inTurn(route, [entry('a', 2), entry('c', 1)]), ['b', 'c', 'a', 'queue']);
    assert.deepEqual(inTurn(route, [entry('a', 1), entry('b', 1), entry('c', 1)]), ['a', 'b', 'c', 'queue']);
  });

  it('are the same people to sales and to staffing, whatever the case of their names', () => {
    assert.deepEqual(inTurn({ ...route, first: ['B', 'Queue'] }, [entry('A', 2)]), ['B', 'Queue', 'c', 'a']);
    const absent = [{ ...entry('C', 9), absentUntil: '2027-03-09' }];
    assert.deepEqual(availability('c', route, absent, ['C'], '2027-03-02'), {
      ...{ stays: false, lastResort: false, hadTheirTime: true, turns: 1, absent: true, room: 0 },
    });
    assert.ok(availability('QUEUE', route, [], [], '2027-03-02').lastResort);
  });

  it('come after those who know the account, each once', () => {
    assert.deepEqual(inTurn({ ...route, first: ['c', 'z'] }, []), ['c', 'z', 'a', 'b', 'queue']);
  });
});
