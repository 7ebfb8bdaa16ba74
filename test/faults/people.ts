import { setTimeout as delay } from 'node:timers/promises';
import directory from '../../api/development-people.json' with { type: 'json' };
import { Random } from '../security/random.ts';
import type { Caller } from './client.ts';

/** A decision that the API said it took. */
export interface Told {
  handoff: string;
  verdict: string;
  by: string;
}

interface Handoff {
  id: string;
  kind: string;
  owner: string;
  person: string | null;
  slaStage: string;
  version: number;
  mayAmend: string[];
  hidden: string[];
  terms: Record<string, unknown> | null;
}

/** Everybody who is asked anything. Each decides what they are entitled to, most of it in time, and some not at all. */
export interface People {
  told: Told[];
  /** How many answers are on their way. */
  busy(): number;
  stop(): Promise<void>;
}

const auditor = 'ada';
const everyMs = 400;
const words = ['reply', 'letter', 'message', 'summary', 'draft'];

export function playPeople(caller: Caller, seed: number): People {
  const told: Told[] = [];
  const seen = new Set<string>();
  const underWay = new Set<Promise<void>>();
  const end = new AbortController();

  const look = async (): Promise<void> => {
    const { status, body } = await caller.call(auditor, 'GET', '/handoffs?state=open&limit=200');
    if (status !== 200) return;
    for (const handoff of (body as { handoffs: Handoff[] }).handoffs) {
      const turn = `${handoff.id} ${handoff.slaStage === 'escalated' ? 'escalated' : ''}`;
      if (handoff.kind === 'task' || seen.has(turn)) continue;
      seen.add(turn);
      const answer = decide(caller, handoff, new Random(seed + numberOf(turn)), told).catch((error: unknown) =>
        console.error(`${handoff.id}: ${String(error)}`),
      );
      underWay.add(answer);
      void answer.then(() => underWay.delete(answer));
    }
  };
  const playing = (async () => {
    for (; !end.signal.aborted; await delay(everyMs))
      await look().catch((error: unknown) => console.error(String(error)));
  })();
  return {
    told,
    busy: () => underWay.size,
    async stop() {
      end.abort();
      await playing;
      await Promise.all(underWay);
    },
  };
}

async function decide(caller: Caller, handoff: Handoff, random: Random, told: Told[]): Promise<void> {
  if (random.chance(0.1)) return; // nobody looks
  await delay(random.int(0, 1_500));
  const { verdict, body } = answerTo(handoff, random);
  const at = `/handoffs/${encodeURIComponent(handoff.id)}`;
  for (const by of random.chance(0.5) ? whoMay(handoff) : whoMay(handoff).toReversed()) {
    if (random.chance(0.2)) await caller.call(by, 'POST', `${at}/claim`, { body: {} });
    const sent = { body: { ...body, version: handoff.version } };
    const { status } = await caller.call(by, 'POST', `${at}/${verdict === 'returned' ? 'return' : 'decision'}`, sent);
    if (status === 200) told.push({ handoff: handoff.id, verdict, by });
    if (status !== 403) return;
  }
}

function answerTo({ hidden, mayAmend, terms }: Handoff, random: Random): { verdict: string; body: object } {
  const because = 'as the bench wants it';
  const dice = random.next();
  if (dice < 0.06) return { verdict: 'returned', body: { because } };
  if (dice < 0.2) return { verdict: 'rejected', body: { verdict: 'rejected', because } };
  const unseen = hidden.filter((field) => terms !== null && mayAmend.includes(field));
  const reworded = random.chance(0.2) ? words.filter((field) => mayAmend.includes(field)) : [];
  const fields = [...new Set([...unseen, ...reworded])];
  const amend = Object.fromEntries(fields.map((field) => [field, 'We have looked at it and answer as follows.']));
  const more = fields.length > 0 ? { amend } : {};
  return { verdict: 'approved', body: { verdict: 'approved', because, ...more } };
}

function whoMay({ owner, person, slaStage }: Handoff): string[] {
  if (person !== null && slaStage !== 'escalated') return [person];
  return directory.filter(({ roles }) => roles.includes(owner)).map((one) => one.person);
}

const numberOf = (text: string): number =>
  text.split('').reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, 7);
