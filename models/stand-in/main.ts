import type { AddressInfo } from 'node:net';
import { Behaviours } from './behaviour.ts';
import { standIn } from './server.ts';

if (process.env['NODE_ENV'] === 'production') {
  console.error('The model stand-in makes its answers up: production needs a real model, named by OPENAI_BASE_URL.');
  process.exit(1);
}

const behaviours = new Behaviours();
const told = process.env['STAND_IN_BEHAVIOUR'];
if (told) behaviours.set(told.startsWith('{') ? JSON.parse(told) : { mode: told });

const server = standIn(behaviours);
server.listen(Number(process.env['PORT'] ?? 0), '127.0.0.1', () => {
  console.log(`model stand-in ready on http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`);
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(0));
