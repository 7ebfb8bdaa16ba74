import assert from 'node:assert/strict';
import { ApplicationFailure } from '@temporalio/common';
import { nameOfFault, placeOfFault } from '../../environment/fault.ts';
import { createLog, createReport } from '../../environment/log.ts';
import { createLogger } from '../../workers/logger.ts';

const words = 'no account NL57 RABO 0123 for Noor van Elst';

/** What the log says when a step failed with this. */
function logged(error: unknown, message = 'Activity failed', more: object = {}): string {
  const lines: string[] = [];
  createLogger('WARN', createLog({ write: (line) => lines.push(line) })).warn(message, {
    workflowId: 'refund/R-1',
    error,
    ...more,
  });
  return lines.join('\n');
}

const thrown: Record<string, () => unknown> = {
  'an error': () => new Error(words),
  'a failure with details': () => ApplicationFailure.nonRetryable(words, 'action-refused', { said: words }),
  'a cause': () => new Error('refused', { cause: new Error('by the ledger', { cause: new TypeError(words) }) }),
  'several lines, one of which looks like a place': () => new Error(`refused\n    at ${words}:1:1\n    at ${words}`),
  'a name and a code': () => Object.assign(new Error(), { name: words, code: words }),
  'a text instead of an error': () => words,
  'an object instead of an error': () => ({ message: words }),
  'an error whose message was changed since': () => Object.assign(new Error(`at ${words}`), { message: 'refused' }),
};

describe('the log of the workers', () => {
  for (const [name, make] of Object.entries(thrown)) {
    it(`never holds what a system or a person said: ${name}`, () => {
      for (const line of [logged(make()), placeOfFault(make()), nameOfFault(make())]) {
        for (const word of ['NL57', 'Noor', 'Elst']) assert.ok(!line.includes(word), line);
      }
    });
  }

  it('never holds it where the line itself repeats it, or another field has it', () => {
    const line = logged(new Error(words), `Error while processing: ${words}`, { details: words, signalArgs: [words] });
    assert.ok(!line.includes('Noor'), line);
    assert.match(line, /Error while processing: …/);
  });

  it('says which step of which case failed, how and where', () => {
    const failure = ApplicationFailure.retryable(words, 'system-unavailable');
    const more = { activityType: 'performAction payCustomer', attempt: 3 };
    const { time, fault, ...line } = JSON.parse(logged(failure, 'Activity failed', more)) as Record<string, string>;
    assert.deepEqual(line, { level: 'warn', case: 'refund/R-1', ...more, msg: 'Activity failed' });
    assert.match(time!, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    assert.match(fault!, /^ApplicationFailure system-unavailable at .*logger\.test\.ts/);
  });

  for (const [name, make] of Object.entries(thrown)) {
    it(`has one line for one failure: ${name}`, () => {
      const lines = logged(make(), 'Activity\nfailed').trimEnd().split('\n');
      assert.equal(lines.length, 1);
      JSON.parse(lines[0]!);
    });
  }

  it('is of the same form as what the API and its relay report', () => {
    const lines: string[] = [];
    createReport(createLog({ write: (line) => lines.push(line) }))('relay: Error', { case: 'refund/R-1' });
    const { time: _time, ...line } = JSON.parse(lines.join('')) as object & { time: string };
    assert.deepEqual(line, { level: 'error', case: 'refund/R-1', msg: 'relay: Error' });
  });
});
