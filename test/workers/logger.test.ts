import assert from 'node:assert/strict';
import { ApplicationFailure } from '@temporalio/common';
import { nameOfFault, placeOfFault } from '../../environment/fault.ts';
import { createLogger } from '../../workers/logger.ts';

const words = 'no account NL57 RABO 0123 for Noor van Elst';

/** What the log says when a step failed with this. */
function logged(error: unknown, message = 'Activity failed', more: object = {}): string {
  const lines: string[] = [];
  createLogger('WARN', (line) => lines.push(line)).warn(message, { workflowId: 'refund/R-1', error, ...more });
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
    const line = logged(failure, 'Activity failed', { activityType: 'performAction payCustomer', attempt: 3 });
    assert.match(line, /^\S+Z \[WARN\] Activity failed workflowId="refund\/R-1"/);
    assert.match(line, /activityType="performAction payCustomer" attempt=3/);
    assert.match(line, /<- ApplicationFailure system-unavailable at .*logger\.test\.ts/);
  });
});
