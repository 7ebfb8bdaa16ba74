import type { Response } from 'express';
import type { Change } from '../store/changes.ts';
import { callerOf } from './callers.ts';
import type { Deps } from './deps.ts';
import { Problem } from './problems.ts';
import { reaches, reachOf } from './reach.ts';

/** One page that follows what changes. */
export interface ChangeStream {
  /** Tells of what this person may see, by what holds at this instant. */
  tell(changes: readonly Change[]): Promise<void>;
  /** Something may have been missed: all that is shown is to be asked for again. */
  missed(): void;
  /** Says that the connection stands, if the token and the person's rights still do. */
  check(): Promise<void>;
  end(code: string): void;
}

/** So much may wait for a reader who takes nothing. */
const waitingBytes = 64 * 1024;

/** Writes server-sent events, and ends as soon as the token or the person's time here has. Throws `Problem`. */
export async function openStream(res: Response, token: string, deps: Deps): Promise<ChangeStream> {
  const look = async () => reachOf(deps, await callerOf(token, deps));
  let reach = await look();

  const send = (text: string) => {
    if (res.writableEnded || res.destroyed) return;
    res.write(text);
    if (res.writableLength > waitingBytes) res.destroy();
  };
  const write = (event: string, data: object) => send(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  const missed = () => write('missed', {});
  const end = (code: string) => {
    write('ended', { code });
    res.end();
  };

  /** Answers whether it goes on. */
  const holds = async (): Promise<boolean> => {
    try {
      const before = JSON.stringify(reach);
      reach = await look();
      if (JSON.stringify(reach) !== before) missed();
      return true;
    } catch (error) {
      end(error instanceof Problem ? error.code : 'unavailable');
      return false;
    }
  };
  const seen = (changes: readonly Change[]) => changes.filter((one) => reaches(deps.definitions, reach, one));

  send(': here\n\n');
  return {
    missed,
    end,
    async tell(changes) {
      if (seen(changes).length === 0 || !(await holds())) return;
      for (const change of seen(changes)) write('changed', told(change));
    },
    async check() {
      if (await holds()) send(': here\n\n');
    },
  };
}

/** Kinds and ids. */
const told = ({ kind, caseId, handoff, question }: Change) => ({
  ...{ kind, caseId },
  ...(handoff ? { handoffId: handoff.id } : {}),
  ...(question ? { questionId: question.id } : {}),
});
