import { digest } from './digest.ts';
import { type Db, row } from './pool.ts';
import { appending, type Entry } from './record.ts';

/** The same key asked with another input: the workflow changed under a running case, and nothing may be guessed. */
export class KeyReused extends Error {
  constructor(key: string) {
    super(`Step ${key} was done before with another input`);
    this.name = 'KeyReused';
  }
}

/** What a step answered before, or undefined. Throws `KeyReused`. */
export async function recall<Result>(db: Db, key: string, input: unknown): Promise<Result | undefined> {
  const found = await row<{ input_digest: string; result: Result }>(
    db,
    'steps.recall',
    'select input_digest, result from steps where key = $1',
    [key],
  );
  if (!found) return undefined;
  if (found.input_digest !== digest(input)) throw new KeyReused(key);
  return found.result;
}

/** Stores a step's result with its line of the record, both or neither. The first writer wins; answers what is stored. */
export async function remember<Result>(db: Db, input: unknown, result: Result, entry: Entry): Promise<Result> {
  const stored = await row(
    db,
    'steps.remember',
    `with stored as (
       insert into steps (key, case_id, kind, input_digest, result) values ($3, $1, $2, $7, $8)
       on conflict (key) do nothing returning key)
     select append_record($1, $2, $3, $4, $5, $6) from stored`,
    [...appending(entry), digest(input), JSON.stringify(result)],
  );
  return stored ? result : ((await recall<Result>(db, entry.key, input)) ?? result);
}

/** How many tries of an inference were answered with nothing usable; those that found the model away do not count. */
export async function unusableAnswers(db: Db, caseId: string, key: string): Promise<number> {
  const found = await row<{ answers: number }>(
    db,
    'steps.unusableAnswers',
    `select count(*)::int as answers from record
     where case_id = $1 and type = 'inference.unusable' and starts_with(key, $2 || '/')`,
    [caseId, key],
  );
  return found!.answers;
}

/** Whether the last thing that a model was asked in this case was answered without being sure. */
export async function modelWasUnsure(db: Db, caseId: string): Promise<boolean> {
  const last = await row<{ confident: boolean }>(
    db,
    'steps.unsure',
    `select (result->>'confident')::boolean as confident from steps
     where case_id = $1 and kind in ('inference.answered', 'inference.fell-back') order by at desc limit 1`,
    [caseId],
  );
  return last?.confident === false;
}

/** What a source answered when it was last read in this case; undefined when it was not. */
export async function lastReading(db: Db, caseId: string, source: string): Promise<unknown> {
  const found = await row<{ data: unknown }>(
    db,
    'steps.lastReading',
    `select result->'context'->$2 as data from steps
     where case_id = $1 and kind = 'context.assembled' and result->'context'->$2 is not null order by at desc limit 1`,
    [caseId, source],
  );
  return found?.data;
}
