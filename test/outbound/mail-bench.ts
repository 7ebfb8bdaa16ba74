import { waitingCase } from '../api/world.ts';
import { mailServer, type MailServer } from './mail-server.ts';
import { messageWorld, type MessageWorld } from './message-world.ts';

export const address = (person: string) => `${person}@example.com`;

/** For the tests of one `describe`: a store for all of them, a mail server for each. */
export function mailBench(name: string) {
  let here: MessageWorld;
  let server: MailServer;
  let count = 0;
  const ends: (() => Promise<void>)[] = [];
  before(async () => void (here = await messageWorld()));
  after(() => here.close());
  beforeEach(async () => {
    server = await mailServer();
    ends.push(() => server.close());
  });
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
    await here.pool.query('delete from messages');
    await here.pool.query("update people set email = person || '@example.com', active = true");
  });

  return {
    here: () => here,
    server: () => server,
    /** The number of the newest case. */
    count: () => count,
    /** Opens one more handoff and stores who learns of it. */
    async open(more: Parameters<typeof waitingCase>[2] = {}): Promise<string> {
      const { id } = await waitingCase(here.pool, `${name}-${++count}`, more);
      await here.handOut();
      return id;
    },
    /** Sends until the test is over. */
    send(...args: Parameters<MessageWorld['send']>) {
      const sending = here.send(...args);
      ends.push(() => sending.close());
      return sending;
    },
    /** A mail server on the port of one that was closed. */
    async serverOn(port: number) {
      server = await mailServer(port);
      ends.push(() => server.close());
    },
    got: () => server.got.map(({ to, headers }) => [to, headers.get('subject')]),
    setEmail: (person: string, email: string | null) =>
      here.pool.query('update people set email = $2 where person = $1', [person, email]),
  };
}
