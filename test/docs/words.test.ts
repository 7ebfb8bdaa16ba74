import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folders = [
  'activities',
  'api',
  'bench',
  'core',
  'docs',
  'models',
  'rules',
  'scripts',
  'store',
  'systems',
  'temporal',
  'workers',
  'workflows',
];
const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', ...folders], {
  cwd: root,
  encoding: 'utf8',
})
  .trim()
  .split('\n')
  .filter((file) => /\.(ts|txt|sql|json)$/.test(file) && !file.startsWith('systems/sandbox/seeds/'));

/** Names that were ours alone, and the ways of running a case that are gone: docs/words.md says what stands in their place. */
const gone = [
  ...[
    'takeBack',
    'undoneBy',
    'sureAt',
    'patience',
    'barCase',
    'barredAt',
    'case-barred',
    'asAll',
    'asFirst',
    'nearModels',
  ],
  ...[
    'goAhead',
    'asFarAsItGoes',
    'takingAhead',
    'createPace',
    'isQuick',
    'slowNames',
    'aheadMs',
    'quickCallMs',
    'caseRun',
  ],
];

describe('the words of the code', () => {
  for (const word of gone)
    it(`no longer know ${word}`, () => {
      const found = files.filter((file) =>
        new RegExp(`(?<![\\w-])${word}(?![\\w-])`).test(readFileSync(root + file, 'utf8')),
      );
      assert.deepEqual(found, []);
    });
});
