import type { Pool } from 'pg';
import type { ProcessDefinition } from '../../core/declare/define.ts';
import * as actions from '../../store/actions.ts';
import { closeCase, closeWrites, registerCase } from '../../store/cases.ts';
import { decide, findHandoff, openHandoff, turnHandoff } from '../../store/handoffs.ts';
import { addApproval } from '../../store/approvals.ts';
import { calendarAt } from '../../store/calendars.ts';
import { reassign, setClaim } from '../../store/claims.ts';
import { answer, ask, endQuestion, findQuestion } from '../../store/questions.ts';
import { openRework, rework } from '../../store/rework.ts';
import { append } from '../../store/record.ts';
import { complete } from '../../store/completions.ts';
import { openTask } from '../../store/tasks.ts';
import type { Random } from './random.ts';

export interface Clock {
  pool: Pool;
  at(ms: number): Promise<void>;
}

const minute = 60_000;

/** A case that is written line by line through the store's functions, each at its own instant. */
export class SeededCase {
  readonly caseId: string;
  readonly #clock: Clock;
  readonly #definition: ProcessDefinition;
  readonly #random: Random;
  readonly #counts = new Map<string, number>();
  now: number;

  constructor(clock: Clock, definition: ProcessDefinition, id: string, from: number, random: Random) {
    this.#clock = clock;
    this.#definition = definition;
    this.#random = random;
    this.caseId = `${definition.name}/${id}`;
    this.now = from;
  }

  #key(name: string): string {
    const n = (this.#counts.get(name) ?? 0) + 1;
    this.#counts.set(name, n);
    return `${this.caseId}/${name}-${n}`;
  }

  async passes(ms: number): Promise<void> {
    this.now += Math.max(1, Math.round(ms));
    await this.#clock.at(this.now);
  }

  async #appends(type: string, key: string, actor: string, body: object): Promise<void> {
    await append(this.#clock.pool, { caseId: this.caseId, type, key, actor, body });
  }

  async opens(build: string): Promise<void> {
    await this.#clock.at(this.now);
    const { caseId } = this;
    const process = this.#definition.name;
    const opening = { caseId, process, businessKey: caseId.slice(process.length + 1), runId: 'seeded', build };
    await registerCase(this.#clock.pool, { ...opening, request: { seeded: true }, requester: 'rita' });
  }

  async reads(missing = false): Promise<void> {
    const ms = this.#random.between(5, 900);
    await this.passes(ms + 2);
    const [source, { reads }] = this.#random.one(Object.entries(this.#definition.context));
    const tries = this.#random.chance(0.05) ? 2 : 1;
    const read = [{ source, reads, by: {}, asOf: new Date(this.now).toISOString(), ms, data: missing ? null : {} }];
    await this.#appends('context.assembled', this.#key('assemble'), 'systems', { read, tries, tookMs: ms * tries + 2 });
  }

  async asksModel(confidence: number): Promise<void> {
    const inferences = Object.entries(this.#definition.inferences);
    if (inferences.length === 0) return;
    const [name, { confidenceThreshold }] = inferences[0]!;
    const key = this.#key(name);
    if (this.#random.chance(0.04)) {
      await this.passes(this.#random.between(100, 3_000));
      await this.#appends('inference.unavailable', `${key}/1`, 'model', { reason: 'down', status: 503 });
    }
    const latencyMs = this.#random.between(300, 4_000);
    await this.passes(latencyMs + 3);
    const usage = { promptTokens: this.#random.between(500, 3_000), completionTokens: this.#random.between(50, 600) };
    const cost = { amount: Math.round(usage.promptTokens * 0.5 + usage.completionTokens * 1.5), currency: 'USD' };
    const body = {
      answer: {},
      confident: confidence >= confidenceThreshold,
      confidence,
      usage,
      latencyMs,
      model: 'stand-in',
    };
    await this.#appends('inference.answered', key, 'model:stand-in', {
      ...body,
      cost: this.#random.chance(0.5) ? cost : null,
    });
  }

  async rules(verdict: string, facts: object = {}): Promise<void> {
    const [name, policy] = Object.entries(this.#definition.policies)[0]!;
    await this.passes(this.#random.between(2, 20));
    const body = {
      verdict,
      rule: this.#random.one(['small', 'large', 'unclear']),
      facts: [facts],
      on: policy.on,
      terms: { lines: [{ currency: this.caseId.length % 2 === 0 ? 'EUR' : 'USD' }] },
      table: { version: 1 },
    };
    await this.#appends('policy.ruled', this.#key(name), `policy:${name}@1`, body);
  }

  /** Opens a handoff on the terms that were last ruled on; answers its id. `by`: the calendar of its times. */
  async handsOff(
    name: string,
    owner: string,
    {
      repair,
      approvals = 1,
      by,
    }: { repair?: { source: string; breach: string }; approvals?: number; by?: string } = {},
  ): Promise<string> {
    await this.passes(this.#random.between(2, 40));
    const clock = {
      from: new Date(this.now).toISOString(),
      answerWithin: '4 hours',
      expiresAfter: '48 hours',
    } as const;
    const calendar = by && (await calendarAt(this.#clock.pool, { name: by, version: 1 }));
    const id = repair ? `${this.#key('assemble')}/repair-1` : this.#key(name);
    const on = repair ? undefined : Object.values(this.#definition.policies)[0]!.on;
    await openHandoff(this.#clock.pool, {
      ...{ id, caseId: this.caseId, process: this.#definition.name, name, owner, escalateTo: this.#definition.owner },
      ...{
        termsName: on,
        terms: repair
          ? undefined
          : {
              amount: 100,
              lines: [
                { id: 'a', amount: 60 },
                { id: 'b', amount: 40 },
              ],
            },
      },
      ...{ packet: repair ? { ...repair, problem: 'seeded' } : { seeded: true }, mayAmend: ['amount', 'lines'] },
      atRiskAt: new Date(this.now + 180 * minute),
      escalatesAt: new Date(this.now + 240 * minute),
      expiresAt: new Date(this.now + 2_880 * minute),
      ...{ approvals, pausesWhile: ['asked'] },
      ...(calendar ? { timing: { clock, queue: `seeded-${by}`, calendar } } : {}),
    });
    return id;
  }

  async turns(id: string): Promise<void> {
    await turnHandoff(this.#clock.pool, id);
  }

  async claims(id: string, by: string, claimed = true): Promise<void> {
    await setClaim(this.#clock.pool, (await findHandoff(this.#clock.pool, id))!, by, claimed);
  }

  async isPassedOn(id: string, to: string): Promise<void> {
    await reassign(this.#clock.pool, (await findHandoff(this.#clock.pool, id))!, to, 'lea', 'seeded');
  }

  /** Asks, and is answered after so long, or not at all. */
  async asks(id: string, ms: number, answered: boolean): Promise<void> {
    const { pool } = this.#clock;
    const dueAt = new Date('2100-01-01'); // whoever turns what is due by the real clock leaves it alone
    const question = { to: 'requester', queue: undefined, person: 'rita', askedBy: 'leo', question: 'why?', shows: [] };
    const asked = await ask(pool, (await findHandoff(pool, id))!, { ...question, atRiskAt: dueAt, dueAt });
    await this.passes(ms);
    const stored = (await findQuestion(pool, asked))!;
    if (answered) await answer(pool, stored, 'rita', 'so');
    else await endQuestion(pool, stored, 'taken-back', 'leo');
  }

  /** One of several approvals that are needed. */
  async approves(id: string, by: string, terms?: object): Promise<void> {
    const handoff = (await findHandoff(this.#clock.pool, id))!;
    const decision = { verdict: 'approved', by, role: handoff.owner, because: 'seeded' } as const;
    const isLast = await addApproval(this.#clock.pool, handoff, { ...decision, ...(terms ? { terms } : {}) });
    if (isLast) await this.decides(id, 'approved', by, terms);
  }

  /** What was returned goes to somebody, who changes the terms or only explains. */
  async reworks(id: string, queue: string, ms: number, change: boolean): Promise<void> {
    const { pool } = this.#clock;
    await openRework(pool, (await findHandoff(pool, id))!, { to: queue, within: '8 hours' });
    await this.passes(ms);
    const turn = (await findHandoff(pool, `${id}/rework`))!;
    const terms = change ? { ...(turn.terms as object), amount: 80 } : turn.terms;
    await rework(pool, turn, { by: 'cy', role: queue, because: 'seeded', packet: turn.packet, terms });
  }

  async decides(id: string, verdict: 'approved' | 'rejected' | 'returned', by: string, terms?: object): Promise<void> {
    const handoff = (await findHandoff(this.#clock.pool, id))!;
    await decide(this.#clock.pool, handoff, {
      verdict,
      by,
      role: handoff.owner,
      because: 'seeded',
      ...(terms ? { terms } : {}),
    });
  }

  async waitsForEvent(name: string, ms: number): Promise<void> {
    const since = new Date(this.now);
    await this.passes(ms);
    const type = this.#random.chance(0.8) ? 'event.received' : 'event.missing';
    await this.#appends(type, this.#key(name), 'baton', { name, since });
  }

  /** Begins a write and says what became of it; answers its key. */
  async writes(becomes: 'done' | 'refused', tries = 1): Promise<string> {
    const [name, action] = this.#random.one(Object.entries(this.#definition.actions));
    await this.passes(this.#random.between(1, 10));
    const key = this.#key(name);
    const intent = { key, caseId: this.caseId, process: this.#definition.name, action: name, operation: action.does };
    const levels = ['observe', 'assist', 'straight-through'] as const;
    await actions.intend(
      this.#clock.pool,
      { ...intent, line: '', input: {}, approval: `${key}/seeded` },
      1_000,
      1_000,
      levels,
    );
    await this.passes(this.#random.between(10, 1_500) * tries);
    const body = becomes === 'done' ? { result: {}, tries } : { because: 'limit-exceeded: seeded', tries };
    await actions.settle(this.#clock.pool, { key, caseId: this.caseId }, becomes, body);
    return key;
  }

  async startsCompensation(refusal: string | undefined): Promise<void> {
    await closeWrites(this.#clock.pool, this.caseId, 'seeded', refusal);
  }

  async compensates(key: string): Promise<void> {
    await this.passes(this.#random.between(10, 2_000));
    await actions.settle(this.#clock.pool, { key, caseId: this.caseId }, 'compensated', { because: 'seeded' });
  }

  async closes(outcome: string, impact?: object): Promise<void> {
    await this.passes(this.#random.between(2, 30));
    await closeCase(this.#clock.pool, { caseId: this.caseId, outcome, result: {}, ...(impact ? { impact } : {}) });
  }

  /** A message that could not be sent: somebody's task, which outlives the case. */
  async leavesTask(
    key: string,
    kind: 'message-failed' | 'reconciliation' | 'sampled-review',
    owner: string,
  ): Promise<string> {
    const task = { caseId: this.caseId, key, kind, owner, escalateTo: this.#definition.owner };
    await openTask(this.#clock.pool, { ...task, because: 'seeded', detail: {} });
    return `${key}/${kind}`;
  }

  async completes(id: string, by: string, found: 'sent' | 'right' | 'wrong' = 'sent'): Promise<void> {
    const task = (await findHandoff(this.#clock.pool, id))!;
    await complete(this.#clock.pool, task, { found, by, role: task.owner, because: 'seeded' });
  }
}
