import { createReport } from '../../environment/log.ts';
import { allowedOf } from '../../outbound/addresses.ts';
import { startDelivering } from '../../outbound/deliver.ts';
import { createPool } from '../../store/pool.ts';

/** A sender in a process of its own, to be killed. */
const timing = { everyMs: 20, timeoutMs: 2_000, spareMs: 1_000, firstMs: 50, mostMs: 200 };
startDelivering(createPool(process.env['DATABASE_URL']!), {
  ...{ allowed: allowedOf(['127.0.0.0/8']), report: createReport(), timing },
});
