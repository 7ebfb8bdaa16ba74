import { type Db, row } from './pool.ts';

/** What keeps us from writing, if anything does: no row is written, but whether it might be is looked at as for any other. */
export async function whyNotWritable(db: Db): Promise<string | undefined> {
  try {
    await row(
      db,
      'writable',
      `with updated as (update inbox set attempts = attempts where false)
       insert into inbox (process, idempotency_key, request_digest, case_id, request, requester)
       select '', '', '', '', 'null', '' where false`,
    );
    return undefined;
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === '25006') return 'is read-only';
    return code === '42501' ? 'may not be written to' : 'cannot be reached';
  }
}
