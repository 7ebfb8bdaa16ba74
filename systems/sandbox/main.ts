import { CannotStart, starting } from '../../environment/cannot-start.ts';
import { sandbox as program, settingsOf } from '../../environment/settings.ts';
import { startSandbox } from './server.ts';

const sandbox = await starting(() => {
  const { NODE_ENV, DATABASE_URL: databaseUrl, PORT: port, SANDBOX_DEDUPE } = settingsOf(program, process.env);
  if (NODE_ENV === 'production')
    throw new CannotStart(
      'The sandbox stands in for systems of record and does not run in production: set SYSTEMS_URL instead.',
    );
  return startSandbox({ databaseUrl, port, dedupe: SANDBOX_DEDUPE !== 'off' });
});
console.log(`sandbox ready on ${sandbox.url}`);

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    void sandbox.close().finally(() => process.exit(0));
  });
