import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folders = 'activities,core,environment,models,rules,scorecard,store,systems,telemetry,temporal,workers,workflows';

let known: string | undefined;

/** What the code of workers is called that has no build id: the same code has the same name, wherever it lies. */
export function codeDigest(): string {
  return (known ??= `code-${digestOf(globSync([`{${folders}}/**/*.{ts,json,sql}`, 'package.json'], { cwd: root }))}`);
}

function digestOf(files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of [...files].sort()) hash.update(file).update(readFileSync(`${root}/${file}`));
  return hash.digest('hex').slice(0, 12);
}
