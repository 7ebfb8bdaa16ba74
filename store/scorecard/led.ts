import { type Db, rows } from '../pool.ts';

/** The queues that somebody leads. */
export async function queuesLedBy(db: Db, person: string): Promise<string[]> {
  const led = 'select queue from queue_leads where person = $1 order by queue';
  return (await rows<{ queue: string }>(db, 'scorecard.led', led, [person])).map(({ queue }) => queue);
}
