import assert from 'node:assert/strict';
import {
  answers,
  approves,
  asks,
  caseId,
  caseWith,
  claimed,
  decided,
  given,
  minutes,
  opened,
  released,
  resumed,
  review,
  type Said,
} from './said.ts';

interface Wanted {
  /** In minutes; of 100 that the case took. */
  people: number;
  wait: number;
  /** In the currency. */
  cost?: number;
  estimated?: number;
  handoffs?: number;
  rework?: number;
  edits?: string[];
  /** Who answered what, in how many minutes. */
  answers: [person: string | null, outcome: string | null, minutes: number][];
  /** In whose name, where it is not the queue first asked alone. */
  roles?: string[];
}

const same = { terms: { a: 1, b: 1 } };
const table: Record<string, [said: readonly Said[], wanted: Wanted]> = {
  'one who claims it and approves': [
    [opened(), claimed(20, 'leo'), decided(30, 'leo', 'approved')],
    { people: 10, wait: 10, cost: 10, answers: [['leo', 'approved', 10]] },
  ],
  'nobody claims it: the estimate before the answer': [
    [opened(), decided(30, 'leo', 'rejected')],
    { people: 6, wait: 14, cost: 6, estimated: 6, answers: [['leo', 'rejected', 6]] },
  ],
  'three must approve: the minutes and the answer of each, at the rate of each': [
    [
      opened(),
      claimed(12, 'leo'),
      approves(1, 20, 'leo', same), // 8 minutes
      approves(2, 40, 'mia', same), // nobody had it: 6 estimated
      claimed(45, 'lou'),
      approves(3, 60, 'lou', same),
      decided(60, 'lou', 'approved', same.terms, 'lawyers'), // 15 minutes at 2
    ],
    {
      ...{ people: 29, cost: 44, estimated: 6, wait: 50 - 29 },
      answers: [
        ['leo', 'approved', 8],
        ['mia', 'approved', 6],
        ['lou', 'approved', 15],
      ],
      roles: ['leads', 'leads', 'lawyers'],
    },
  ],
  'an approver changes the terms: their change is theirs alone, and the count begins again': [
    [
      opened(),
      approves(1, 20, 'leo', same),
      approves(1, 30, 'mia', { terms: { a: 2, b: 1 }, lapsed: ['leo'] }),
      approves(2, 40, 'leo', { terms: { a: 2, b: 1 } }),
      approves(3, 50, 'lou', { terms: { a: 2, b: 3 } }),
      decided(50, 'lou', 'approved', { a: 2, b: 3 }),
    ],
    {
      ...{ people: 24, cost: 24, estimated: 24, wait: 40 - 24, edits: ['/a', '/b'] },
      answers: [
        ['leo', 'approved', 6],
        ['mia', 'approved', 6],
        ['leo', 'approved', 6],
        ['lou', 'approved', 6],
      ],
    },
  ],
  'one approves and the next rejects': [
    [opened(), approves(1, 20, 'leo', same), claimed(21, 'mia'), decided(25, 'mia', 'rejected')],
    {
      ...{ people: 10, cost: 10, estimated: 6, wait: 15 - 10 },
      answers: [
        ['leo', 'approved', 6],
        ['mia', 'rejected', 4],
      ],
    },
  ],
  'a lead passes it on: the minutes of both who had it': [
    [opened(), claimed(12, 'leo'), given(20, 'leo', 'mia'), decided(35, 'mia', 'approved')],
    { people: 8 + 15, wait: 2, cost: 23, answers: [['mia', 'approved', 23]] },
  ],
  'it is passed on while nobody had it: from then on somebody does': [
    [opened(), given(20, undefined, 'mia'), decided(35, 'mia', 'approved')],
    { people: 15, wait: 10, cost: 15, answers: [['mia', 'approved', 15]] },
  ],
  'each who had it, at most the declared maximum': [
    [opened(), claimed(12, 'leo'), given(52, 'leo', 'mia'), decided(92, 'mia', 'approved')],
    { people: 30 + 30, wait: 2, cost: 60, answers: [['mia', 'approved', 60]] },
  ],
  'one who has it twice, at most the declared maximum once': [
    [opened(), claimed(12, 'leo'), released(32, 'leo'), claimed(40, 'leo'), decided(60, 'leo', 'approved')],
    { people: 30, wait: 10, cost: 30, answers: [['leo', 'approved', 30]] },
  ],
  'a question stops its clock: until it is answered it waits, and nobody works': [
    [opened(), claimed(12, 'leo'), ...asks(20, 1), ...answers(50, 1), resumed(50), decided(55, 'leo', 'approved')],
    { people: 8 + 5, wait: 2 + 30, cost: 13, answers: [['leo', 'approved', 13]] },
  ],
  'two questions at once: until the last is over': [
    [
      ...[opened(), claimed(12, 'leo'), ...asks(20, 1), ...asks(25, 2), ...answers(30, 1)],
      ...[...answers(40, 2, 'handoff.question-over'), resumed(40), decided(50, 'leo', 'approved')],
    ],
    { people: 8 + 10, wait: 2 + 20, cost: 18, answers: [['leo', 'approved', 18]] },
  ],
  'a question whose time is over before somebody looks: until the clock went on': [
    [
      ...[opened(), claimed(12, 'leo'), ...asks(20, 1), resumed(30)],
      ...[...answers(35, 1, 'handoff.question-over'), decided(50, 'leo', 'approved')],
    ],
    { people: 8 + 20, wait: 2 + 10, cost: 28, answers: [['leo', 'approved', 28]] },
  ],
  'a question that does not stop the clock: who asked goes on working': [
    [opened(), claimed(12, 'leo'), ...asks(20, 1, false), ...answers(30, 1), decided(35, 'leo', 'approved')],
    { people: 23, wait: 2, cost: 23, answers: [['leo', 'approved', 23]] },
  ],
  'decided while the question is open': [
    [opened(), claimed(12, 'leo'), ...asks(20, 1), decided(50, 'leo', 'rejected')],
    { people: 8, wait: 2 + 30, cost: 8, answers: [['leo', 'rejected', 8]] },
  ],
  'sent back under a contract: whoever it went back to has a turn of their own, and the case one rework': [
    [
      ...[opened(), claimed(12, 'leo'), decided(20, 'leo', 'returned')],
      [20, 'handoff.opened', 'baton', { follows: review, owner: 'clerks', mayChange: [] }, `${review}/rework`],
      [30, 'handoff.claimed', 'cy', {}, `${review}/rework/30`],
      [
        ...([44, 'handoff.reworked', 'cy'] as const),
        { role: 'lawyers', edits: { packet: { patch: [{ path: '/x' }] }, terms: { patch: [{ path: '/lines/0/a' }] } } },
        `${review}/rework`,
      ],
      [
        45,
        'handoff.opened',
        'baton',
        { follows: `${review}/rework`, owner: 'leads', terms: { a: 9 } },
        `${caseId}/review-2`,
      ],
      [60, 'handoff.decided', 'leo', { verdict: 'approved', role: 'leads', terms: { a: 9 } }, `${caseId}/review-2`],
    ],
    {
      ...{ people: 8 + 14 + 6, cost: 8 + 28 + 6, estimated: 6, wait: 2 + 10 + 9, handoffs: 3, rework: 1 },
      edits: ['/lines/*/a'],
      answers: [
        ['leo', 'returned', 8],
        ['cy', 'reworked', 14],
        ['leo', 'approved', 6],
      ],
    },
  ],
  'sent back, and nobody answers in time': [
    [
      ...[opened(), decided(20, 'leo', 'returned')],
      [20, 'handoff.opened', 'baton', { follows: review, owner: 'clerks', mayChange: [] }, `${review}/rework`],
      [50, 'handoff.expired', 'baton', {}, `${review}/rework/expired`],
      [50, 'handoff.decided', 'baton', { verdict: 'expired', role: 'clerks', terms: null }, `${review}/rework`],
    ],
    {
      ...{ people: 6, cost: 6, estimated: 6, wait: 4 + 30, handoffs: 2, rework: 1 },
      answers: [
        ['leo', 'returned', 6],
        [null, 'expired', 0],
      ],
    },
  ],
};

describe("people's part in a case", () => {
  for (const [what, [said, wanted]] of Object.entries(table))
    it(`is counted where ${what}`, () => {
      const { case: fact, steps } = caseWith(said);
      const people = steps.filter(({ kind }) => kind !== 'read').toSorted((a, b) => a.endedAt! - b.endedAt!);
      assert.deepEqual(
        people.map((one) => [one.person, one.outcome, minutes(one.peopleMs)]),
        wanted.answers,
      );
      if (wanted.roles)
        assert.deepEqual(
          people.map(({ role }) => role),
          wanted.roles,
        );
      assert.deepEqual(
        {
          ...{ people: minutes(fact.peopleMs), wait: minutes(fact.waitMs!), touch: minutes(fact.touchMs!) },
          ...{ cost: fact.peopleCost / 1_000_000, estimated: minutes(fact.estimatedMs) },
          ...{ handoffs: fact.handoffs, rework: fact.rework, edits: people.flatMap(({ edits }) => edits) },
        },
        {
          ...{ people: wanted.people, wait: wanted.wait, touch: 100 - wanted.wait, cost: wanted.cost },
          ...{ estimated: wanted.estimated ?? 0, handoffs: wanted.handoffs ?? 1, rework: wanted.rework ?? 0 },
          edits: wanted.edits ?? [],
        },
      );
    });
});
