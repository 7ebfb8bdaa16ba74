import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Surroundings } from './contenders/contender.ts';
import type { Command, Histories, Memory, Name, Ran } from './contestant.ts';

type Answer<C extends Command> = { run: Ran; histories: Histories; wait: Memory; close: undefined }[C['do']];

export interface Contestant {
  name: Name;
  pid: number;
  send<C extends Command>(command: C): Promise<Answer<C>>;
}

/** Starts a contender's process. With `profileDir`, V8 writes a CPU profile of each of its threads there when it ends. */
export async function startContestant(name: Name, around: Surroundings, profileDir?: string): Promise<Contestant> {
  const entry = fileURLToPath(new URL('contestant.ts', import.meta.url));
  const profile = profileDir ? ['--cpu-prof', '--cpu-prof-interval=500', `--cpu-prof-dir=${profileDir}`] : [];
  const env = { ...process.env, MALLOC_ARENA_MAX: '2' }; // as in the image
  const child = fork(entry, [name, JSON.stringify(around)], { env, execArgv: ['--expose-gc', ...profile] });
  type Reply = { value: unknown; error?: string };
  const heard = () =>
    new Promise<unknown>((resolve, reject) => {
      const ended = (code: number | null) => reject(new Error(`${name} ended with ${code}`));
      child.once('exit', ended);
      child.once('message', ({ value, error }: Reply) => {
        child.off('exit', ended);
        if (error) reject(new Error(`${name}: ${error}`));
        else resolve(value);
      });
    });
  await heard();
  return {
    name,
    pid: child.pid!,
    async send<C extends Command>(command: C) {
      const answer = heard();
      child.send(command);
      return (await answer) as Answer<C>;
    },
  };
}
