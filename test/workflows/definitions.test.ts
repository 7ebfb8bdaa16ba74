import assert from 'node:assert/strict';
import { z } from 'zod';
import { compileTable } from '../../rules/decision-table.ts';
import { add, milliseconds } from '../../rules/calendar.ts';
import { seeds } from '../rules/calendars.ts';
import people from '../../api/development-people.json' with { type: 'json' };
import type { ProcessDefinition, Schedule, Span } from '../../core/declare/definition.ts';
import { queuesIn } from '../../core/declare/owner.ts';
import { longTextsIn } from '../../core/declare/values.ts';
import { current, published } from '../../scripts/manifest.ts';
import { operationExists } from '../../systems/index.ts';
import * as declared from '../../workflows/definitions.ts';
import * as workflows from '../../workflows/index.ts';

const now = new Date();
const longer = (span: Span) => add(now, span, seeds['utc']!);
type Row = { outputs?: { owner?: string } };
const definitions: Record<string, ProcessDefinition> = { ...declared };

describe('the development people', () => {
  it('are each listed once, with all their roles', () => {
    const names = people.map(({ person }) => person);
    assert.deepEqual(names, [...new Set(names)]);
  });
});

describe('the processes', () => {
  it('are listed once as workflows and once as declarations, under the same names', () => {
    assert.deepEqual(Object.keys(workflows).sort(), Object.keys(definitions).sort());
    for (const [name, definition] of Object.entries(definitions)) assert.equal(definition.name, name);
  });

  it('never lose a name or a field that a running case may rely on', () => {
    const now = current();
    for (const [process, names] of Object.entries(published())) {
      const missing = names.filter((name) => !now[process]?.includes(name));
      assert.deepEqual(missing, [], `${process} lost names; keep them until no case uses them`);
    }
  });

  it('have published every name (`node scripts/manifest.ts` publishes new ones)', () => {
    assert.deepEqual(current(), published());
  });

  for (const [name, definition] of Object.entries(definitions)) {
    const { context, policies, handoffs, actions, terms, inferences, events, impact, request, schedule } = definition;
    describe(name, () => {
      it('reads only what exists, from sources with an owner and an age', () => {
        for (const [at, { reads, owner, maxAge }] of Object.entries(context)) {
          assert.ok(operationExists(reads, 'read'), `${at} reads ${reads}`);
          assert.ok(owner && milliseconds(maxAge) > 0, at);
        }
      });

      it('writes only what exists, each write with its undo or the reason why it has none', () => {
        for (const [at, { does, compensatedBy, irreversible }] of Object.entries(actions)) {
          assert.ok(operationExists(does, 'write'), `${at} does ${does}`);
          if (compensatedBy === undefined) assert.ok((irreversible ?? '').length > 20, at);
          else assert.ok(operationExists(compensatedBy, 'write'), `${at} is undone by ${compensatedBy}`);
        }
      });

      it('writes nothing that the approved terms do not hold, but for what it declares', () => {
        for (const [at, { on, each, input, alsoTakes = [] }] of Object.entries(actions)) {
          const shape = terms[on]!.shape as Record<string, { element?: { shape: object } }>;
          const approved = Object.keys(each ? shape[each]!.element!.shape : shape);
          const free = Object.keys(input.shape).filter(
            (field) => !approved.includes(field) && !alsoTakes.includes(field),
          );
          assert.deepEqual(free, [], at);
          if (each) assert.ok(approved.includes('id'), `the lines of ${each} need an id`);
        }
      });

      it('knows by which text of its answer a system names what was written, where there is one', () => {
        for (const [at, { output, reference }] of Object.entries(actions))
          if (reference !== undefined) assert.ok(output.shape[reference]?.safeParse('TX-1').success, at);
      });

      it('hands off to an owner, with a time, an escalation, an expiry and a packet', () => {
        for (const [at, handoff] of Object.entries(handoffs)) {
          const { owner, escalateTo, answerWithin, expiresAfter, requires, notBy = [], pausesWhile = [] } = handoff;
          for (const cause of pausesWhile) assert.ok(cause === 'asked' || Object.hasOwn(events, cause), at);
          const queues = queuesIn(owner);
          const named = typeof owner === 'object' && owner.by !== 'ruling';
          assert.ok(escalateTo && (named || queues.length > 0) && !queues.includes(escalateTo), at);
          if (named && owner.by === 'record') assert.ok(context[owner.source], `${at}: ${owner.source}`);
          if (named && owner.by === 'request') assert.ok(definition.internal && owner.field in request.shape, at);
          assert.deepEqual(
            notBy.filter((other) => !handoffs[other]),
            [],
            at,
          );
          assert.ok(longer(expiresAfter) > longer(answerWithin), at);
          assert.ok(Object.keys(requires.shape).length > 0, at);
        }
      });

      it('rules again, with the same sums, on what a person may amend of them', () => {
        for (const [at, { on, mayAmend = [], ruledAgainBy = [] }] of Object.entries(handoffs)) {
          for (const [name, { on: its, sums = {} }] of Object.entries(policies)) {
            const counted = Object.values(sums).flatMap(({ of, per }) => [of.split('.')[0]!, 'currency', ...per]);
            if (its !== on || !mayAmend.some((field) => counted.includes(field))) continue;
            assert.deepEqual([ruledAgainBy].flat(), [name], at);
          }
        }
      });

      it('names queues in which somebody is', () => {
        const queues = [
          ...Object.values(handoffs).flatMap(({ owner, escalateTo }) => [...queuesIn(owner), escalateTo]),
          ...Object.values(context).map(({ owner }) => owner),
        ];
        const nobody = queues.filter((queue) => !people.some(({ roles }) => roles.includes(queue)));
        assert.deepEqual(nobody, [], 'api/development-people.json');
      });

      it('waits for events no longer than it says', () => {
        for (const [at, { by, within }] of Object.entries(events))
          assert.ok(longer(within) > now && Object.keys(by.shape).length > 0, at);
      });

      const opensByTheClock = (schedule: Schedule) => () => {
        const { finds, gives, owner, dailyAt, daysAhead, pageSize } = schedule;
        assert.ok(operationExists(finds, 'read'), finds);
        assert.ok(Object.keys(gives.shape).every((field) => field in request.shape));
        for (const field of definition.key) assert.ok(field in gives.shape, field);
        assert.match(dailyAt, /^([01]\d|2[0-3]):[0-5]\d$/);
        assert.ok(daysAhead > 0 && pageSize > 0 && people.some(({ roles }) => roles.includes(owner)));
      };
      if (schedule) it('is opened by the clock only with what a request holds', opensByTheClock(schedule));

      it('rules by tables in which every row has an example that hits it', () => {
        for (const policy of Object.values(policies)) compileTable(policy.table, policy);
      });

      it('names only queues by the rulings that name owners, and measures only what may be left out', () => {
        const among = Object.values(handoffs).flatMap(({ owner }) =>
          typeof owner === 'object' ? queuesIn(owner) : [],
        );
        const tables = Object.values(policies).flatMap(({ table }) => (table as { rows: Row[] }).rows);
        const said = tables.flatMap(({ outputs }) => outputs?.owner ?? []);
        for (const queue of among) assert.ok(said.includes(queue), `no rule ever names ${queue}`);
        assert.ok(impact?.safeParse({}).success !== false, 'a measure that is not known is left out');
      });

      it('waits for events within a time', () => {
        for (const [at, { within }] of Object.entries(events)) assert.ok(longer(within) > now, at);
      });

      it('is started by an event of its own or by Baton alone, and says of its request only what it holds', () => {
        const { startsOn, about = [], saidBySystems = [], internal, requestedBy, documents } = definition;
        if (internal) assert.deepEqual([startsOn, requestedBy, documents, schedule], Array(4).fill(undefined));
        else assert.ok(startsOn !== undefined && /^[a-z-]+$/.test(startsOn) && !(startsOn in events), startsOn);
        const withheld = Object.values(inferences).flatMap(({ withholds = [] }) => withholds);
        for (const field of [...about, ...saidBySystems, ...withheld]) assert.ok(field in request.shape, field);
      });

      it('holds long texts only where they are stored apart', () => {
        const schemas = [
          request,
          ...Object.values(context).map(({ gives }) => gives),
          ...Object.values(events).map(({ gives }) => gives),
          ...Object.values(inferences).map(({ given }) => given),
        ];
        for (const schema of schemas) {
          const shape = JSON.stringify(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));
          assert.equal(shape.split('"title":"long text"').length - 1, longTextsIn(schema).length, shape);
        }
        const elsewhere = [...Object.values(definition.terms), ...Object.values(definition.outcomes)];
        for (const schema of elsewhere) assert.deepEqual(longTextsIn(schema), []);
      });

      it('asks models only with a fallback of the declared shape', () => {
        for (const { fallback, returns, confidenceThreshold, instructions } of Object.values(inferences)) {
          assert.ok(returns.safeParse(fallback).success);
          assert.ok(confidenceThreshold > 0 && confidenceThreshold <= 1 && instructions.trim().length > 0);
        }
      });
    });
  }
});
