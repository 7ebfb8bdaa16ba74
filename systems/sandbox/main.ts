import { startSandbox } from './server.ts';

const { NODE_ENV, DATABASE_URL, PORT, SANDBOX_DEDUPE } = process.env;

function refuse(because: string): never {
  console.error(because);
  process.exit(1);
}
if (NODE_ENV === 'production')
  refuse('The sandbox stands in for systems of record and does not run in production: set SYSTEMS_URL instead.');
if (!DATABASE_URL) refuse('The sandbox needs DATABASE_URL.');

const sandbox = await startSandbox({
  databaseUrl: DATABASE_URL,
  port: Number(PORT ?? 0),
  dedupe: SANDBOX_DEDUPE !== 'off',
});
console.log(`sandbox ready on ${sandbox.url}`);

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    void sandbox.close().finally(() => process.exit(0));
  });
