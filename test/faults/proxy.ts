import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** A way between two parts that can be disturbed. It listens all the time, as a network's address does. */
export interface Link {
  port: number;
  /** Breaks every connection, and each new one, until `mend`. */
  cut(): void;
  /** Breaks every connection once. */
  reset(): void;
  /** Holds every byte back for so long, until `mend`. */
  slow(ms: number): void;
  /** Lets no byte through, until `mend`. */
  stall(): void;
  mend(): void;
  close(): void;
}

/** A TCP proxy of 127.0.0.1 before a port there. */
export async function openLink(target: number): Promise<Link> {
  const open = new Set<Socket>();
  let isCut = false;
  let lateMs = 0;
  let stalled: PromiseWithResolvers<void> | undefined;

  const forward = async (from: Socket, to: Socket): Promise<void> => {
    for await (const chunk of from) {
      if (stalled) await stalled.promise;
      if (lateMs > 0) await delay(lateMs);
      if (!to.write(chunk as Buffer)) await Promise.race([once(to, 'drain'), once(to, 'close')]);
    }
    to.end();
  };
  const join = (from: Socket, to: Socket) => {
    open.add(from);
    from.setNoDelay(true);
    from.once('close', () => {
      open.delete(from);
      to.destroy();
    });
    forward(from, to).catch(() => to.destroy());
  };

  const server = createServer({ noDelay: true }, (client) => {
    client.on('error', () => undefined);
    if (isCut) return void client.resetAndDestroy();
    const upstream = connect(target, '127.0.0.1');
    upstream.on('error', () => client.resetAndDestroy());
    join(client, upstream);
    join(upstream, client);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const reset = () => [...open].forEach((socket) => socket.resetAndDestroy());
  const mend = () => {
    isCut = false;
    lateMs = 0;
    stalled?.resolve();
    stalled = undefined;
  };
  return {
    port: (server.address() as AddressInfo).port,
    reset,
    mend,
    cut() {
      isCut = true;
      reset();
    },
    slow: (ms) => void (lateMs = ms),
    stall: () => void (stalled ??= Promise.withResolvers()),
    close() {
      mend();
      server.close();
      reset();
    },
  };
}
