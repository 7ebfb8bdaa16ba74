import { bearer } from '../session.ts';
import { readEvents } from './events.ts';

/** What changed: a kind, and ids alone. */
export interface Change {
  kind: string;
  caseId: string;
  handoffId?: string;
  questionId?: string;
}

/** How it stands with the connection; `signed-out`: nothing is told before somebody signs in again. */
export type Connection = 'connected' | 'lost' | 'signed-out';

export type News = { is: 'changed'; change: Change } | { is: 'missed' } | { is: 'connection'; connection: Connection };

const firstWaitMs = 1_000;
const longestWaitMs = 30_000;
/** The API says every 15 seconds that it is there. */
const silentMs = 40_000;

/** Follows what changes, and again when the connection was lost, until `signal`, or until nobody is signed in. */
export async function follow(signal: AbortSignal, say: (news: News) => void): Promise<void> {
  let wait = firstWaitMs;
  const heard = (news: News) => {
    wait = firstWaitMs;
    say(news);
  };
  while (!signal.aborted) {
    const token = bearer();
    const mayFollow = token !== undefined && (await once(token, signal, heard).catch(() => true));
    if (signal.aborted) return;
    if (!mayFollow) return say({ is: 'connection', connection: 'signed-out' });
    say({ is: 'connection', connection: 'lost' });
    await pause(wait * (0.5 + Math.random()), signal);
    wait = Math.min(wait * 2, longestWaitMs);
  }
}

/** One connection, from its beginning to its end. Answers whether another may follow. */
async function once(token: string, signal: AbortSignal, say: (news: News) => void): Promise<boolean> {
  const silent = new AbortController();
  let timer = setTimeout(() => silent.abort(), silentMs);
  try {
    const headers = { accept: 'text/event-stream', authorization: `Bearer ${token}` };
    const response = await fetch('/changes', { headers, signal: AbortSignal.any([signal, silent.signal]) });
    if (response.status === 401 || response.status === 403) return false;
    if (!response.ok || !response.body) return true;
    say({ is: 'connection', connection: 'connected' });
    let isOver = false;
    await readEvents(response.body, (event, data) => {
      clearTimeout(timer);
      timer = setTimeout(() => silent.abort(), silentMs);
      if (event === 'changed') say({ is: 'changed', change: data as Change });
      if (event === 'missed') say({ is: 'missed' });
      if (event === 'ended') isOver = ['unauthenticated', 'person-inactive'].includes((data as { code: string }).code);
    });
    return !isOver;
  } finally {
    clearTimeout(timer);
  }
}

/** Shorter where the network is there again meanwhile. */
const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const over = () => {
      clearTimeout(timer);
      removeEventListener('online', over);
      signal.removeEventListener('abort', over);
      resolve();
    };
    const timer = setTimeout(over, ms);
    addEventListener('online', over);
    signal.addEventListener('abort', over);
  });
