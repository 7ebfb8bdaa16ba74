import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Problem } from '../../api/problems.ts';
import { parseFilter } from '../../api/scim/filter.ts';
import { matches } from '../../api/scim/match.ts';
import { patched } from '../../api/scim/patch.ts';
import { readResource } from '../../api/scim/read.ts';
import { attributesOf, userSchema } from '../../api/scim/schemas.ts';

const user = {
  ...{ userName: 'ida', displayName: 'Ida', active: true, name: { givenName: 'Ida' } },
  emails: [
    { value: 'ida@example.com', type: 'work', primary: true },
    { value: 'ida@home.example', type: 'home' },
  ],
};
const attributes = attributesOf(userSchema);

const name = fc.constantFrom(
  'userName',
  'EMAILS',
  'emails.type',
  'name.givenName',
  'active',
  'nothing',
  'id',
  'meta',
  'urn:x:y',
);
const word = fc.constantFrom(
  'eq',
  'NE',
  'co',
  'sw',
  'pr',
  'and',
  'or',
  'not',
  '(',
  ')',
  '[',
  ']',
  '"a"',
  '"',
  'true',
  '1',
  '"work"',
);
const filter = fc.array(fc.oneof(name, word), { maxLength: 12 }).map((words) => words.join(' '));
const within = filter.map((text) => `emails[${text}].value`);
const path = fc.option(
  fc.oneof(name, within, fc.string(), fc.constantFrom('emails[type eq "work"]', 'emails[type eq "new"].display')),
);
const value = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>([null], [{ value: 'x' }, 1], { emails: [null] }, { 'name.familyName': 'B', id: 1 }, 'False'),
);
const operation = fc.record(
  { op: fc.constantFrom('add', 'Remove', 'REPLACE', 'move'), path, value },
  { requiredKeys: ['op'] },
);

/** What it answers, or the code that it refuses with; anything else that is thrown is a bug. */
function answerOf<T>(run: () => T): T | string {
  try {
    return run();
  } catch (error) {
    assert.ok(error instanceof Problem, String((error as Error).stack));
    return error.code;
  }
}

describe('whatever a SCIM client sends', () => {
  it('a filter is read, or refused as one', () => {
    fc.assert(
      fc.property(fc.oneof(filter, fc.string()), (text) => {
        const found = answerOf(() => matches(parseFilter(text), user, attributes));
        assert.ok(typeof found === 'boolean' || found === 'scim-filter-invalid', String(found));
      }),
      { numRuns: 2_000 },
    );
  });

  it('a patch leaves a user that keeps the schema, or is refused; what it changes is never what was there', () => {
    const before = structuredClone(user);
    fc.assert(
      fc.property(fc.array(operation, { minLength: 1, maxLength: 4 }), (Operations) => {
        const found = answerOf(() => readResource(userSchema, patched(userSchema, user, { Operations })));
        assert.deepEqual(user, before);
        if (typeof found === 'string') return assert.match(found, /^scim-/);
        assert.equal(typeof found['userName'], 'string');
        assert.deepEqual(readResource(userSchema, found), found);
      }),
      { numRuns: 3_000 },
    );
  });
});
