import type { AddressInfo } from 'node:net';
import { CannotStart, starting } from '../../environment/cannot-start.ts';
import { settingsOf, standIn as program } from '../../environment/settings.ts';
import { Behaviours } from './behaviour.ts';
import { standIn } from './server.ts';

const behaviours = new Behaviours();

const port = await starting(() => {
  const { NODE_ENV, PORT, STAND_IN_BEHAVIOUR: told } = settingsOf(program, process.env);
  if (NODE_ENV === 'production')
    throw new CannotStart(
      'The model stand-in makes its answers up: production needs a real model, named by OPENAI_BASE_URL.',
    );
  if (told) behave(told);
  return PORT;
});

function behave(told: string): void {
  try {
    behaviours.set(told.startsWith('{') ? JSON.parse(told) : { mode: told });
  } catch (error) {
    throw new CannotStart(`STAND_IN_BEHAVIOUR must be a mode, or JSON with one: ${(error as Error).message}.`);
  }
}

const server = standIn(behaviours);
server.listen(port, '127.0.0.1', () => {
  console.log(`model stand-in ready on http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`);
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(0));
