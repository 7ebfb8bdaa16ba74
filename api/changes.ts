import type { Response } from 'express';
import type { Pool } from 'pg';
import type { Report } from '../environment/log.ts';
import { ongoingFault } from '../environment/ongoing-fault.ts';
import { repeating } from '../environment/repeating.ts';
import { channel, type Place, placeOf, readChanges } from '../store/changes.ts';
import { listen } from '../store/listen.ts';
import { type ChangeStream, openStream } from './change-stream.ts';
import type { Deps } from './deps.ts';
import { each } from './lanes.ts';
import { Problem } from './problems.ts';

/** Everybody who follows what changes through this process. */
export interface Changes {
  /** Takes somebody on who is then written to until they go or may read no more. Throws `Problem` `too-many-requests`. */
  admit(person: string): (res: Response, token: string, deps: Deps) => Promise<void>;
  close(): Promise<void>;
}

export interface ChangesOptions {
  /** How many connections the process takes; half of them may follow. */
  connections: number;
  /** How often each reader hears that the connection stands, and their rights are looked at. */
  everyMs?: number | undefined;
}

const perPerson = 10;
/** What comes within that time is read together; with more at once, what is shown is asked for again instead. */
const gatherMs = 50;
const atOnceAtMost = 500;
const lanes = 5;

/** Hears from the store what changed and tells those who may know. Any number of processes may run one. */
export function startChanges(pool: Pool, report: Report, { connections, everyMs = 15_000 }: ChangesOptions): Changes {
  const streams = new Set<ChangeStream>();
  const people = new Map<string, number>();
  const fault = ongoingFault(report, 'changes');
  let pending: Place[] = [];
  let timer: NodeJS.Timeout | undefined;
  let telling = Promise.resolve();

  const toAll = (tell: (stream: ChangeStream) => Promise<void>) => each([...streams], lanes, tell, fault.met);
  const missed = () => streams.forEach((stream) => stream.missed());
  const tellPending = async () => {
    const places = pending;
    pending = [];
    if (places.length > atOnceAtMost) return missed();
    try {
      const changes = await readChanges(pool, places);
      await toAll((stream) => stream.tell(changes));
      fault.over();
    } catch (error) {
      fault.met(error);
      missed();
    }
  };
  const told = (text: string) => {
    const place = placeOf(text);
    if (!place || streams.size === 0) return;
    pending.push(place);
    timer ??= setTimeout(() => {
      timer = undefined;
      telling = telling.then(tellPending);
    }, gatherMs);
  };
  const listening = listen(pool, channel, { told, missed }, report);
  const checking = repeating(everyMs, () => toAll((stream) => stream.check()));

  return {
    admit(person) {
      const before = people.get(person) ?? 0;
      if (before >= perPerson || streams.size >= connections / 2)
        throw new Problem('too-many-requests', 'Too many pages follow what changes: close some', {
          headers: { 'retry-after': '30' },
        });
      people.set(person, before + 1);
      return async (res, token, deps) => {
        // Who left while they were looked up is gone already, and says so no more.
        const gone = res.destroyed ? undefined : new Promise<void>((resolve) => res.once('close', resolve));
        if (res.req.method === 'HEAD') res.end();
        try {
          const stream = await openStream(res, token, deps);
          streams.add(stream);
          await gone;
          streams.delete(stream);
        } finally {
          const left = people.get(person)! - 1;
          if (left > 0) people.set(person, left);
          else people.delete(person);
        }
      };
    },
    async close() {
      clearTimeout(timer);
      streams.forEach((stream) => stream.end('closing'));
      await Promise.all([listening.close(), checking.close(), telling]);
    },
  };
}
