import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { each, type Invariant } from './invariant.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** Each case's chain is unbroken to its head, begins with the opening, and says once how the case ended. */
export const recordWhole: Invariant = {
  number: 6,
  name: 'the record is whole',
  check: ({ cases, records }) =>
    each(cases, ({ caseId, closedAt, recordSeq, recordHead }) => {
      const lines = records.get(caseId) ?? [];
      let previous = '';
      for (const [index, { type, key, actor, body, seq, at, previous: named, hash }] of lines.entries()) {
        const content = sha256(canonicalize({ caseId, type, key, actor, body })!);
        const expected = sha256(`${previous}\n${seq}\n${at}\n${content}`);
        if (seq !== index + 1 || named !== previous || hash !== expected)
          return `${caseId}: line ${index + 1} does not follow`;
        previous = hash;
      }
      if (lines[0]?.type !== 'case.opened') return `${caseId}: the record begins with ${lines[0]?.type ?? 'nothing'}`;
      if (lines.length !== recordSeq || previous !== recordHead) return `${caseId}: its head is not its last line`;
      const ends = lines.filter(({ type }) => type === 'case.closed').length;
      return ends === (closedAt ? 1 : 0) ? undefined : `${caseId}: closed ${ends} times on the record`;
    }),
};
