import { type Connection, follow, type News } from './follow.ts';

/** What the pages of one browser say to each other. */
type Said = { news: News } | { asks: 'connection' };

/**
 * Tells what changes. Of all the pages that a person has open in this browser one follows, and passes on to the others what it hears;
 * when it is closed, another does. Answers what ends it.
 */
export function share(person: string, told: (news: News) => void): () => void {
  const name = `baton.changes.${person}`;
  const channel = new BroadcastChannel(name);
  const leaving = new AbortController();
  const { signal } = leaving;
  let mine: Connection | undefined;
  const post = (said: Said) => channel.postMessage(said); // oxlint-disable-line unicorn/require-post-message-target-origin -- a channel is of one origin

  channel.addEventListener('message', ({ data }: MessageEvent<Said>) => {
    if ('news' in data) told(data.news);
    else if (mine) post({ news: { is: 'connection', connection: mine } });
  });
  const lead = async () => {
    await follow(signal, (news) => {
      if (news.is === 'connection') mine = news.connection;
      told(news);
      post({ news });
    });
    mine = undefined;
  };
  navigator.locks.request(name, { signal }, lead).catch(() => undefined); // the page left before its turn came
  post({ asks: 'connection' });
  return () => {
    leaving.abort();
    channel.close();
  };
}
