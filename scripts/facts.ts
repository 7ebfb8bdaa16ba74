import { CannotStart, starting } from '../environment/cannot-start.ts';
import { createReport } from '../environment/log.ts';
import { rebuildFacts } from '../store/facts.ts';
import { createPool } from '../store/pool.ts';
import * as definitions from '../workflows/definitions.ts';

/** Counts every case anew for the scorecard, from its record and the declarations: after a change of rates, prices or what is measured. */
await starting(async () => {
  const url = process.env['DATABASE_URL'];
  if (!url) throw new CannotStart('DATABASE_URL is not set: it names the database whose cases are to be counted.');
  const pool = createPool(url, { max: 1 });
  try {
    console.log(`${await rebuildFacts(pool, { definitions, report: createReport() })} cases counted`);
  } finally {
    await pool.end();
  }
});
