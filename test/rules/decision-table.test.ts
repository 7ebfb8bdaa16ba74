import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import zen from '@gorules/zen-engine';
import { z } from 'zod';
import { compileTable, decide, FactsInvalid, TableInvalid, type TableContract } from '../../rules/decision-table.ts';
import { digest } from '../../store/digest.ts';

const contract = {
  facts: z.object({
    wish: z.enum(['return', 'cancel']),
    status: z.string(),
    amount: z.number(),
    confident: z.boolean(),
    flags: z.array(z.string()),
  }),
  verdicts: ['allow', 'review', 'deny'],
  outputs: z.object({ reply: z.string().optional() }),
} as const satisfies TableContract;

const good = () => ({
  name: 'eligibility',
  version: 1,
  hit: 'first',
  baseline: { wish: 'return', status: 'delivered', amount: 9900, confident: true, flags: [] as string[] },
  rows: [
    {
      rule: 'not-delivered',
      because: 'what has not arrived cannot come back',
      when: { wish: "'return'", status: "not in ['delivered']" },
      verdict: 'deny',
      outputs: { reply: 'not yet' },
      example: { status: 'pending' },
      counter: { wish: 'cancel', status: 'delivered' },
    },
    {
      rule: 'flagged',
      when: { flags: "contains($, 'fraud')" },
      verdict: 'review',
      example: { flags: ['fraud'] },
      counter: { flags: ['vip'] },
    },
    {
      rule: 'small',
      when: { amount: '[0..10000]', confident: 'true' },
      verdict: 'allow',
      example: { amount: 10000 },
      counter: { amount: 10001, confident: false },
    },
    { rule: 'otherwise', verdict: 'review', example: { confident: false } },
  ] as Record<string, any>[],
});
type Good = ReturnType<typeof good>;

const facts = (change: object = {}) => ({ ...good().baseline, ...change });
const compiled = compileTable(good(), contract);
const ruleFor = (change: object) => decide(compiled, facts(change)).rule;

/** Compiles the good table after one change. */
const changed = (change: (table: Good) => void, against: TableContract = contract) => {
  const table = good();
  change(table);
  return () => compileTable(table, against);
};
const refused =
  (because: RegExp, where: { rule?: string; cell?: string } = {}) =>
  (error: unknown) => {
    assert.ok(error instanceof TableInvalid, String(error));
    assert.match(error.reason, because);
    assert.equal(error.table, 'eligibility');
    assert.deepEqual({ rule: error.rule, cell: error.cell }, { rule: undefined, cell: undefined, ...where });
    return true;
  };
/** A table whose only condition is `cell` over `amount` or another fact. */
const withCell = (cell: string, fact: string, hit: unknown, miss: unknown) =>
  changed((table) => {
    const [, , , otherwise] = table.rows;
    const row = {
      rule: 'tried',
      when: { [fact]: cell },
      verdict: 'deny',
      example: { [fact]: hit },
      counter: { [fact]: miss },
    };
    table.rows = [row, { ...otherwise, example: { [fact]: miss } }];
  });

describe('a decision table', () => {
  it('rules by the first row whose conditions all hold', () => {
    assert.deepEqual(decide(compiled, facts({ status: 'pending' })), {
      rule: 'not-delivered',
      verdict: 'deny',
      outputs: { reply: 'not yet' },
      hits: [0],
    });
    assert.equal(ruleFor({ status: 'pending', flags: ['fraud'] }), 'not-delivered');
    assert.equal(ruleFor({ wish: 'cancel', status: 'pending' }), 'small');
    assert.equal(ruleFor({ flags: ['vip', 'fraud'] }), 'flagged');
    assert.equal(ruleFor({ amount: 10_001 }), 'otherwise');
  });

  it('is fixed once compiled, whatever happens to the data it came from', () => {
    const table = good();
    const fixed = compileTable(table, contract);
    table.rows[0]!['verdict'] = 'allow';
    table.rows[0]!['outputs'].reply = 'at once';
    assert.deepEqual(decide(fixed, facts({ status: 'pending' })).outputs, { reply: 'not yet' });
    assert.throws(() => Object.assign(fixed.rows[0]!, { verdict: 'allow' }), TypeError);
  });

  it('has one digest, whatever the order its fields are written in', () => {
    const { rows, baseline, ...rest } = good();
    assert.match(digest(good()), /^[0-9a-f]{64}$/);
    assert.equal(digest({ rows, baseline, ...rest }), digest(good()));
    assert.equal(compiled.digest, digest(good()));
    assert.notEqual(digest({ ...good(), version: 2 }), digest(good()));
    assert.notEqual(digest({ ...good(), rows: rows.toReversed() }), digest(good()));
  });
});

describe('facts handed to a decision table', () => {
  const wrong: [string, object, RegExp][] = [
    ['null', { status: null }, /^status: /],
    ['missing', { status: undefined }, /^status: /],
    ['a number written as text', { amount: '9900' }, /^amount: /],
    ['a yes written as text', { confident: 'true' }, /^confident: /],
    ['a word the contract does not know', { wish: 'Return' }, /^wish: /],
    ['not a number', { amount: Number.NaN }, /^amount: /],
    ['endless', { amount: Number.POSITIVE_INFINITY }, /^amount: /],
    ['undeclared', { vip: true }, /vip/],
    ['too large for exact decimals', { amount: 1e30 }, /^amount: a number too large/],
    ['too fine for exact decimals', { amount: 1e-30 }, /^amount: a number too large or too fine/],
    ['half a character', { status: '\ud800' }, /^status: .*ill-formed/],
    ['half a character in a list', { flags: ['\ud800'] }, /^flags: .*ill-formed/],
  ];
  for (const [what, change, issue] of wrong)
    it(`are refused when one is ${what}`, () => {
      assert.throws(
        () => decide(compiled, facts(change)),
        (error) => error instanceof FactsInvalid && error.table === 'eligibility' && issue.test(error.issues[0]!),
      );
    });

  it('are refused under a name that hides in the prototype', () => {
    const hidden = JSON.parse(JSON.stringify(facts()).replace('{', '{"__proto__":{"confident":true},')) as unknown;
    assert.throws(() => decide(compiled, hidden), FactsInvalid);
    assert.throws(() => decide(compiled, Object.create(facts())), FactsInvalid);
  });

  it('are never quoted in the refusal', () => {
    try {
      decide(compiled, facts({ wish: 'jane@example.com', amount: 'jane@example.com' }));
      assert.fail();
    } catch (error) {
      assert.doesNotMatch(String(error), /jane/);
    }
  });

  for (const value of [
    "delivered' or true or '",
    'true',
    '$',
    "'delivered'",
    "not in ['x']",
    '${true}',
    '`',
    '',
    '> 0',
    '\0',
    '#',
    '$root',
  ])
    it(`are taken as text, never as a condition: ${JSON.stringify(value)}`, () => {
      assert.equal(ruleFor({ status: value }), 'not-delivered');
      assert.equal(ruleFor({ flags: [value, "fraud' or true"] }), 'small');
    });

  it('are compared exactly: an order state that only looks alike is another state', () => {
    for (const status of ['Delivered', 'delivered ', 'delivered\0', 'deliv\u0435red'])
      assert.equal(ruleFor({ status }), 'not-delivered');
  });

  it('count to the last cent at the edge of a range', () => {
    assert.equal(ruleFor({ amount: 0 }), 'small');
    assert.equal(ruleFor({ amount: -0 }), 'small');
    assert.equal(ruleFor({ amount: 9999.99 }), 'small');
    assert.equal(ruleFor({ amount: 10000.01 }), 'otherwise');
    assert.equal(ruleFor({ amount: -1 }), 'otherwise');
    assert.equal(ruleFor({ amount: 1e15 }), 'otherwise');
  });
});

describe('a decision table is refused', () => {
  const rule = 'not-delivered';
  const faults: [string, (table: Good) => void, RegExp, { rule?: string; cell?: string }?][] = [
    ['when it has a field nobody knows', (t) => Object.assign(t, { defaultVerdict: 'allow' }), /defaultVerdict/],
    ['when a row has a field nobody knows', (t) => Object.assign(t.rows[0]!, { status: "'x'" }), /status/, { rule }],
    ['when a row says no verdict', (t) => delete t.rows[0]!['verdict'], /string/, { rule, cell: 'verdict' }],
    ['when a row has no example', (t) => delete t.rows[0]!['example'], /record|object/, { rule, cell: 'example' }],
    ['when it has no baseline', (t) => delete (t as Partial<Good>).baseline, /record|object/, { cell: 'baseline' }],
    ['when it has no rows', (t) => (t.rows = []), /./, { cell: 'rows' }],
    ['when it does not say which hits count', (t) => (t.hit = 'unique'), /first/, { cell: 'hit' }],
    [
      'when a condition is on a fact that was never declared',
      (t) => (t.rows[0]!['when'] = { stauts: "'x'" }),
      /no such fact/,
      { rule, cell: 'stauts' },
    ],
    [
      'when a condition hides in the prototype',
      (t) => (t.rows[0]!['when'] = JSON.parse(`{"__proto__":"'x'","wish":"'return'"}`)),
      /name/,
    ],
    ['when a condition is no text', (t) => (t.rows[0]!['when'].amount = 5), /string/, { rule, cell: 'when.amount' }],
    ['when a verdict is unknown', (t) => (t.rows[0]!['verdict'] = 'refuse'), /unknown verdict "refuse"/, { rule }],
    ['when two rules share a name', (t) => (t.rows[1]!['rule'] = rule), /two rows/, { rule }],
    ['when its last row has conditions', (t) => t.rows.pop(), /last row/, { rule: 'small' }],
    ['when its last row allows', (t) => (t.rows[3]!['verdict'] = 'allow'), /least careful/, { rule: 'otherwise' }],
    [
      'when a row before the last takes everything',
      (t) => (t.rows[1]!['when'] = {}),
      /only the last/,
      { rule: 'flagged' },
    ],
    [
      'when an example is no set of facts',
      (t) => (t.rows[0]!['example'] = { status: null }),
      /its example: status/,
      { rule },
    ],
    ['when an example names an undeclared fact', (t) => (t.rows[0]!['example'].vip = true), /vip/, { rule }],
    [
      'when an example hits another row',
      (t) => (t.rows[2]!['example'] = { amount: 10001 }),
      /hits the row "otherwise"/,
      { rule: 'small' },
    ],
    [
      'when an earlier row takes the example',
      (t) => (t.rows[3]!['example'] = { status: 'pending' }),
      /hits the row "not-delivered"/,
      { rule: 'otherwise' },
    ],
    [
      'when a cell has no counter-example',
      (t) => delete t.rows[0]!['counter'].status,
      /no counter/,
      { rule, cell: 'status' },
    ],
    ['when a row has no counter-examples', (t) => delete t.rows[0]!['counter'], /no counter/, { rule, cell: 'wish' }],
    [
      'when a counter-example hits',
      (t) => (t.rows[0]!['counter'].status = 'lost'),
      /does not miss/,
      { rule, cell: 'status' },
    ],
    [
      'when a counter-example is no value of its fact',
      (t) => (t.rows[0]!['counter'].wish = 'keep'),
      /no value/,
      { rule, cell: 'wish' },
    ],
    [
      'when a counter-example has no cell',
      (t) => (t.rows[0]!['counter'].amount = 5),
      /without a cell/,
      { rule, cell: 'amount' },
    ],
    [
      'when the baseline lacks a fact',
      (t) => delete (t.baseline as Partial<Good['baseline']>).amount,
      /amount/,
      { rule },
    ],
    ['when an output is no data', (t) => (t.rows[0]!['outputs'] = { at: () => 1 }), /./, { rule, cell: 'outputs.at' }],
  ];
  for (const [what, change, because, where] of faults)
    it(what, () => void assert.throws(changed(change), refused(because, where)));

  it('when it is no table at all', () => {
    for (const table of [null, undefined, 'table', 5, [], {}])
      assert.throws(() => compileTable(table, contract), TableInvalid);
  });

  it('when the contract lets a fact be absent, null, made up, or more than a plain value', () => {
    const facts: Record<string, z.ZodType> = {
      nullable: z.string().nullable(),
      optional: z.string().optional(),
      defaulted: z.string().default('delivered'),
      caught: z.string().catch('delivered'),
      coerced: z.coerce.number(),
      'of two types': z.union([z.string(), z.number()]),
      'an object': z.object({ code: z.string() }),
      transformed: z.string().transform(Number),
      'a date': z.date(),
      unknown: z.unknown(),
      'a list of objects': z.array(z.object({})),
    };
    for (const [what, status] of Object.entries(facts))
      assert.throws(
        changed(() => undefined, { ...contract, facts: contract.facts.extend({ status }) }),
        refused(/a fact must/, { cell: 'status' }),
        what,
      );
  });
});

describe('a cell', () => {
  const used: [string, string, unknown, unknown][] = [
    ["'return'", 'wish', 'return', 'cancel'],
    ["'pending', 'lost'", 'status', 'lost', 'delivered'],
    ["!= 'pending'", 'status', 'delivered', 'pending'],
    ["''", 'status', '', 'delivered'],
    ["startsWith($, 'pend') and len($) > 7", 'status', 'pending (late)', 'pending'],
    ["endsWith(lower($), 'ed')", 'status', 'CANCELLED', 'pending'],
    ['false', 'confident', false, true],
    ['not true', 'confident', false, true],
    ['> 3 and < 6', 'amount', 5, 6],
    ['< -5', 'amount', -6, -5],
    ['(10..20]', 'amount', 20, 10],
    ['not in [5, 6.5]', 'amount', 7, 6.5],
    ['abs($) > 2', 'amount', -3, 2],
    ['len($) >= 2', 'flags', ['a', 'b'], ['a']],
    ["not contains($, 'fraud')", 'flags', [], ['fraud']],
  ];
  for (const [cell, fact, hit, miss] of used)
    it(`may say ${fact} ${cell}`, () => {
      const table = withCell(cell, fact, hit, miss)();
      assert.equal(decide(table, facts({ [fact]: hit })).rule, 'tried');
      assert.equal(decide(table, facts({ [fact]: miss })).rule, 'otherwise');
    });

  const unused: [string, string, unknown, unknown, RegExp][] = [
    ['', 'status', 'x', 'y', /empty/],
    ['  ', 'status', 'x', 'y', /empty/],
    ['-', 'amount', 1, 2, /before a number/],
    ['delivered', 'status', 'delivered', 'x', /unknown word delivered/],
    ['!= delivered', 'status', 'x', 'delivered', /unknown word delivered/],
    ['TRUE', 'confident', true, false, /unknown word TRUE/],
    ['> amount', 'amount', 1, 2, /unknown word amount/],
    ['null', 'status', 'x', 'y', /unknown word null/],
    ['!= null', 'status', 'x', 'y', /unknown word null/],
    ['$', 'confident', true, false, /\$ stands only/],
    ['$ > 3', 'amount', 5, 3, /\$ stands only/],
    ["startsWith('a', $)", 'status', 'a', 'b', /\$ stands only/],
    ['$root', 'status', 'x', 'y', /unknown word \$root/],
    ['#', 'status', 'x', 'y', /unknown word #/],
    ['`delivered`', 'status', 'delivered', 'x', /may not be used/],
    ['{a: 1}', 'status', 'x', 'y', /may not be used/],
    ["'a\\'b'", 'status', 'x', 'y', /may not be used/],
    ['> 3;', 'amount', 5, 3, /may not be used/],
    ['> 3 ? true : false', 'amount', 5, 3, /may not be used/],
    ["date('2026-01-01')", 'status', 'x', 'y', /unknown word date/],
    ["matches($, 'x')", 'status', 'x', 'y', /unknown word matches/],
    ['rand(5)', 'amount', 1, 2, /unknown word rand/],
    ['len', 'amount', 1, 2, /unknown word len/],
    ['> 5 % 0', 'amount', 5, 3, /% may not/],
    ['> 5 * 2', 'amount', 11, 3, /\* may not/],
    ['> 5 - 2', 'amount', 11, 3, /before a number/],
    ['1e3', 'amount', 1000, 3, /unknown word e3/],
    ['1_000', 'amount', 1000, 3, /unknown word _000/],
    ['99999999999999999999', 'amount', 5, 3, /too large/],
    ['> 0.0000001', 'amount', 5, 3, /too fine/],
    ["> '5'", 'amount', 6, 5, /compared with a number/],
    ['5', 'status', '5', '6', /compared with a string/],
    ["in ['pending', 5]", 'status', 'pending', 'x', /compared with a string/],
    ['true', 'status', 'true', 'x', /compared with a string/],
    ["'true'", 'confident', true, false, /compared with a boolean/],
    ['> 3 and true', 'amount', 5, 3, /compared with a number/],
    ["in ['return', 'refund']", 'wish', 'return', 'cancel', /'refund' is none/],
    ["'fraud'", 'flags', ['fraud'], [], /a list is tested/],
    ["> 'a'", 'status', 'b', 'a', /not an expression/],
    ['not 5', 'amount', 6, 5, /not an expression/],
    ['[1..5', 'amount', 3, 6, /not an expression/],
    ['> > 3', 'amount', 5, 3, /not an expression/],
    ["'x' 'y'", 'status', 'x', 'y', /not an expression/],
    ["startsWith('x')", 'status', 'x', 'y', /not an expression/],
    ['lower($)', 'status', 'x', 'y', /does not miss/],
    ['1 == 1', 'amount', 5, 3, /does not miss/],
    ['[5..1]', 'amount', 3, 6, /its example hits/],
    ['len($)', 'status', 'x', '', /its example hits/],
  ];
  for (const [cell, fact, hit, miss, because] of unused)
    it(`may not say ${fact} ${JSON.stringify(cell)}`, () => {
      assert.throws(withCell(cell, fact, hit, miss), (error) => {
        assert.ok(error instanceof TableInvalid, String(error));
        assert.match(error.reason, because);
        assert.equal(error.rule, 'tried');
        return true;
      });
    });

  it('is at most 500 characters long, since deep nesting exhausts the stack', () => {
    assert.throws(withCell(`${'('.repeat(400)}3${')'.repeat(400)}`, 'amount', 3, 4), TableInvalid);
  });
});

describe('the expression engine has the surprises that the checks are there for', () => {
  const holds = (cell: string, value: unknown) => zen.evaluateUnaryExpressionSync(cell, { $: value });

  it('takes an unquoted word for a null, so that it never holds, or always', () => {
    assert.equal(holds('delivered', 'delivered'), false);
    assert.equal(holds('!= delivered', 'delivered'), true);
  });
  it('takes another type for unequal, so that a ban on values lets it pass', () => {
    assert.equal(holds('5', '5'), false);
    assert.equal(holds("not in ['pending']", null), true);
    assert.equal(holds("not in ['pending']", 5), true);
  });
  it('takes a lone $ for a condition that always holds', () => assert.equal(holds('$', false), true));
  it('takes half a character for a replacement character', () => assert.equal(holds("'\ufffd'", '\ud800'), true));
  it('takes a number and a yes together for never', () => assert.equal(holds('> 3 and true', 5), false));
  it('takes the result of a function for an answer', () => {
    assert.equal(holds('lower($)', 'anything'), true);
    assert.equal(holds('len($)', 'anything'), false);
  });
  for (const [cell, value] of [
    ['> 3', '1e30'],
    ['> 3', '1e-30'],
    ['> 5 % 0', '5'],
  ] as const)
    it(`aborts the whole process on ${cell} over ${value}`, () => {
      const script = `import zen from '@gorules/zen-engine'; zen.evaluateUnaryExpressionSync(process.argv[1], { $: Number(process.argv[2]) })`;
      const child = spawnSync(process.execPath, ['--input-type=module', '-e', script, cell, value], {
        encoding: 'utf8',
      });
      assert.equal(child.signal, 'SIGABRT', child.stderr);
    });
});
