import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Baton } from './baton.ts';
import type { Difference } from './compare.ts';
import { load, type LoadedSet, usualFolder } from './data.ts';
import { asDifference, runCase } from './run.ts';
import type { SetTable } from './set.ts';
import { sets } from './sets/index.ts';

// Runs the rows of DIR, one at a time, and says which came out as expected:
//   npm run acceptance -- [--data DIR] [SET…]

class Unusable extends Error {}

interface Share {
  of: number;
  asExpected: number;
  others: string[];
}

const code = await accept().catch((error: unknown) => {
  console.error(error instanceof Unusable ? error.message : error);
  return 2;
});
process.exit(code); // Temporal's runtime would keep the process alive when a start failed

/** Answers the exit code: 0 when as many rows of each set came out as expected as are enough. */
async function accept(): Promise<number> {
  const { folder, tables } = wanted();
  const loaded = tables.map((table) => ({ table, ...load(folder, table) }));
  const differing = loaded.flatMap(({ table: { set }, ...one }) =>
    'rows' in one ? one.differences.map((difference) => `  ${set}: ${told(difference)}`) : [],
  );
  if (differing.length > 0)
    throw new Unusable(`What ${folder} was made with differs from our tables:\n${differing.join('\n')}`);
  for (const one of loaded) if ('skipped' in one) console.log(`${one.table.set}: skipped, ${one.skipped}`);
  const present = loaded.filter((one) => 'rows' in one);
  if (present.length === 0) throw new Unusable(`Nothing was compared: ${folder} has none of the sets`);

  const interruption = Promise.withResolvers<never>();
  interruption.promise.catch(() => undefined);
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => interruption.reject(new Unusable('Interrupted')));
  // Only now: what it imports makes a folder for the run.
  const { startBaton } = await import('./baton.ts');
  const baton = await startBaton();
  try {
    const run = randomBytes(4).toString('hex');
    const uninterrupted: Uninterrupted = (running) => Promise.race([running, interruption.promise]);
    let all = true;
    for (const one of present) all = (await runSet(baton, one, run, uninterrupted)) && all;
    return all ? 0 : 1;
  } finally {
    await baton.close();
  }
}

type Uninterrupted = (running: Promise<Difference[]>) => Promise<Difference[]>;

async function runSet(
  baton: Baton,
  { table, rows, references, more }: LoadedSet & { table: SetTable },
  run: string,
  uninterrupted: Uninterrupted,
): Promise<boolean> {
  const { set, enough = 1 } = table;
  const structured: Share = { of: 0, asExpected: 0, others: [] };
  const conversations: Share = { of: 0, asExpected: 0, others: [] };
  for (const [index, row] of rows.entries()) {
    const isConversation = row.style === 'conversation';
    const differences = await uninterrupted(runCase(baton, table, references, row, run));
    // Where a conversation stopped says why the rest is missing.
    count(isConversation ? conversations : structured, row.case_id, differences, isConversation);
    if ((index + 1) % 50 === 0) console.error(`${set}: ${index + 1} of ${rows.length} run …`);
  }
  show(set, structured);
  if (conversations.of > 0) show(`${set}, conversations`, conversations);
  for (const [name, others] of more) {
    if (typeof others === 'string') {
      console.log(`${set}, ${name}: not run, ${others}`);
      continue;
    }
    const share: Share = { of: 0, asExpected: 0, others: [] };
    for (const other of others)
      count(share, other.id, await uninterrupted(other.run(baton, run).catch((error) => [asDifference(error)])));
    show(`${set}, ${name}`, share);
  }
  return structured.asExpected >= enough * structured.of;
}

function count(share: Share, id: string, differences: Difference[], firstOnly = false): void {
  share.of += 1;
  if (differences.length === 0) share.asExpected += 1;
  else
    share.others.push(
      `  ${id}: ${differences
        .slice(0, firstOnly ? 1 : undefined)
        .map(told)
        .join('; ')}`,
    );
}

function wanted(): { folder: string; tables: SetTable[] } {
  const options = { data: { type: 'string', default: usualFolder } } as const;
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    const names = positionals.length > 0 ? [...new Set(positionals)] : [...sets.keys()];
    return { folder: path.resolve(values.data), tables: names.map(tableOf) };
  } catch (error) {
    throw new Unusable(`${(error as Error).message}\nnpm run acceptance -- [--data DIR] [SET…]`);
  }
}

function tableOf(name: string): SetTable {
  const table = sets.get(name);
  if (!table) throw new Error(`There is no set ${name}; there are: ${[...sets.keys()].join(', ')}`);
  return table;
}

function show(name: string, { of, asExpected, others }: Share): void {
  console.log([`${name}: ${asExpected} of ${of} as expected`, ...others].join('\n'));
}

function told({ what, expected, found }: Difference): string {
  return `${what}: expected ${JSON.stringify(expected) ?? 'none'}, found ${JSON.stringify(found) ?? 'none'}`;
}
