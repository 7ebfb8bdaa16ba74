import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'pg';
import { createPool } from '../../store/pool.ts';
import { migratedDatabase } from '../harness.ts';
import { createStage, onStages, type Stage, type Subject, subjects, type Trial } from './action-stage.ts';

const lateMs = 700;

/** What stands once an action was done and taken back: an irreversible one is kept. */
const takenBack = ({ declaration: { does, compensatedBy } }: Subject) =>
  compensatedBy === undefined ? [`${does} once`] : [`${does} once`, `${compensatedBy} /undo`];
const over = ({ declaration: { compensatedBy } }: Subject) => (compensatedBy === undefined ? 'kept' : 'compensated');
const written = ({ declaration: { does } }: Subject) => [`${does} once`];

/** What may become of any action; the journal of the systems is the judge. */
const courses: Record<string, (trial: Trial, subject: Subject) => Promise<void>> = {
  'done, and done once however often it is tried': async (trial, subject) => {
    for (let n = 0; n < 3; n++) assert.equal(await trial.performed(), 'done');
    assert.deepEqual(await trial.journal(), written(subject));
    assert.equal(await trial.state(), 'done');
  },

  'taken back, and never twice': async (trial, subject) => {
    assert.equal(await trial.performed(), 'done');
    for (let n = 0; n < 3; n++) assert.equal(await trial.undone(), 'done');
    assert.deepEqual(await trial.journal(), takenBack(subject));
    assert.equal(await trial.state(), over(subject));
    assert.deepEqual(await trial.tasks(), []);
  },

  'taken back once, though the answer to that was lost': async (trial, subject) => {
    const { compensatedBy: operation } = subject.declaration;
    assert.equal(await trial.performed(), 'done');
    if (operation !== undefined) {
      await trial.fault('lose-reply', { operation });
      assert.equal(await trial.undo(), 'system-unavailable');
    }
    assert.equal(await trial.undone(), 'done');
    assert.deepEqual(await trial.journal(), takenBack(subject));
    assert.equal(await trial.state(), over(subject));
  },

  'taken back once, though that comes late and is refused meanwhile': async (trial, subject) => {
    const { compensatedBy: operation } = subject.declaration;
    assert.equal(await trial.performed(), 'done');
    if (operation !== undefined) {
      await trial.fault('late', { operation, ms: lateMs });
      await trial.fault('refuse', { operation });
      assert.equal(await trial.undo(), 'system-unavailable');
      assert.match(await trial.undo(), /under-way|done|system-unavailable/);
    }
    assert.equal(await trial.undone(), 'done');
    assert.deepEqual(await trial.journal(), takenBack(subject));
    assert.equal(await trial.state(), over(subject));
    assert.deepEqual(await trial.tasks(), []);
  },

  'taken back before its late effect': async (trial, subject) => {
    await trial.fault('late', { ms: lateMs });
    const began = Date.now();
    assert.equal(await trial.perform(), 'system-unavailable');
    assert.equal(await trial.undone(), 'done');
    await delay(Math.max(0, began + lateMs + 300 - Date.now()));
    const journal = await trial.journal();
    const state = await trial.state();
    if (journal.length === 0) assert.equal(state, 'compensated');
    else assert.deepEqual([journal, state], [takenBack(subject), over(subject)]);
    assert.deepEqual(await trial.tasks(), []);
  },

  'taken back though it never happened, which changes nothing': async (trial) => {
    await trial.fault('broken');
    assert.equal(await trial.perform(), 'system-unavailable');
    assert.equal(await trial.undone(), 'done');
    assert.deepEqual(await trial.journal(), []);
    assert.equal(await trial.state(), 'compensated');
  },

  refused: async (trial, subject) => {
    const { irreversible } = subject.declaration;
    await trial.fault('refuse');
    assert.equal(await trial.performed(), irreversible ? 'done' : 'action-refused');
    assert.equal(await trial.undone(), 'done');
    assert.deepEqual(await trial.journal(), []);
    assert.equal(await trial.state(), 'refused');
    assert.deepEqual(await trial.tasks(), irreversible ? ['message-failed'] : []);
  },

  'refused when it is sent again, though the first call comes late': async (trial, subject) => {
    await trial.fault('late', { ms: lateMs });
    await trial.fault('refuse');
    assert.equal(await trial.perform(), 'system-unavailable');
    assert.match(await trial.perform(), /under-way|done|system-unavailable/);
    assert.equal(await trial.performed(), 'done');
    assert.deepEqual(await trial.journal(), written(subject));
    assert.equal(await trial.state(), 'done');
  },

  'refused when it is sent again, and refused for good once no call can come late': async (trial, subject) => {
    const { irreversible } = subject.declaration;
    await trial.fault('broken');
    await trial.fault('refuse', { times: 50 });
    assert.equal(await trial.perform(), 'system-unavailable');
    assert.match(await trial.perform(), /under-way|system-unavailable/);
    assert.equal(await trial.performed(), irreversible ? 'done' : 'action-refused');
    assert.deepEqual(await trial.journal(), []);
    assert.equal(await trial.state(), 'refused');
  },

  'unknown for a while, then found applied': async (trial, subject) => {
    await trial.fault('garbled');
    assert.equal(await trial.perform(), 'system-unavailable');
    assert.equal(await trial.performed(), 'done');
    assert.deepEqual(await trial.journal(), written(subject));
    assert.equal(await trial.state(), 'done');
  },

  'unknown for a while, then found not applied, and done': async (trial, subject) => {
    await trial.fault('broken');
    assert.equal(await trial.perform(), 'system-unavailable');
    assert.equal(await trial.performed(), 'done');
    assert.deepEqual(await trial.journal(), written(subject));
  },

  'under way when it is sent again, then done': async (trial, subject) => {
    await trial.fault('under-way', { ms: 4_500 }); // longer than an answer is waited for
    assert.equal(await trial.perform(), 'system-unavailable');
    assert.equal(await trial.performed(), 'done');
    assert.deepEqual(await trial.journal(), written(subject));
    assert.deepEqual(await trial.tasks(), []);
  },
};

describe('every action of every process', function () {
  this.timeout(400_000);
  const settled = new Map<string, { error?: unknown }>();
  let pool: Pool;
  let stages: Stage[];

  before(async () => {
    const databaseUrl = await migratedDatabase();
    pool = createPool(databaseUrl);
    stages = await Promise.all(Array.from({ length: 12 }, () => createStage(pool)));
    const tasks = subjects.flatMap((subject) =>
      Object.entries(courses).map(([course, run]) => async (stage: Stage) => {
        const ran = (async () => run(await stage.take(subject), subject))();
        settled.set(
          `${subject.name} of ${subject.process}: ${course}`,
          await ran.then(
            () => ({}),
            (error: unknown) => ({ error }),
          ),
        );
      }),
    );
    await onStages(stages, tasks);
  });
  after(async () => {
    await Promise.all(stages.map((stage) => stage.close()));
    await pool.end();
  });

  for (const { name, process } of subjects) {
    describe(`${name} of ${process} is`, () => {
      for (const course of Object.keys(courses))
        it(course, () => {
          const { error } = settled.get(`${name} of ${process}: ${course}`)!;
          if (error) throw error as Error;
        });
    });
  }
});
