import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface Got {
  to: string;
  headers: Map<string, string>;
  text: string;
  raw: string;
}

/** A mail server on this machine, with the faults that real ones have. */
export interface MailServer {
  url: string;
  port: number;
  got: Got[];
  /** Every time a message was taken in whole, whether or not that was answered. */
  taken: string[];
  /** Answers this receiver with 550. */
  refuses: Set<string>;
  /** Takes so many messages and then closes the connection instead of answering. */
  cuts: number;
  slowMs: number;
  /** Says so many times that it is busy. */
  busy: number;
  /** Lets nobody in by name and password. */
  locked: boolean;
  close(): Promise<void>;
}

export async function mailServer(port = 0): Promise<MailServer> {
  const got: Got[] = [];
  const here: Omit<MailServer, 'url' | 'port' | 'close'> = {
    got,
    taken: [],
    refuses: new Set(),
    cuts: 0,
    slowMs: 0,
    busy: 0,
    locked: false,
  };
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    onAuth: (_auth, _session, done) =>
      here.locked ? done(new Error('wrong password')) : done(null, { user: 'baton' }),
    logger: false,
    onRcptTo({ address }, _session, done) {
      if (here.busy-- > 0) return done(Object.assign(new Error('busy'), { responseCode: 451 }));
      done(here.refuses.has(address) ? Object.assign(new Error('no such mailbox'), { responseCode: 550 }) : null);
    },
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const mail = parsed(session.envelope.rcptTo[0]!.address, Buffer.concat(parts).toString());
        here.taken.push(mail.headers.get('message-id')!);
        if (here.cuts > 0) {
          here.cuts--;
          return void [...server.connections].forEach((one) => (one as any)._socket.destroy());
        }
        setTimeout(() => {
          got.push(mail);
          done();
        }, here.slowMs);
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const listening = (server.server.address() as AddressInfo).port;
  return Object.assign(here, {
    port: listening,
    url: `smtp://127.0.0.1:${listening}`,
    close: () =>
      new Promise<void>((resolve) => {
        for (const one of server.connections) (one as any)._socket.destroy();
        server.close(resolve);
      }),
  });
}

function parsed(to: string, raw: string): Got {
  const end = raw.indexOf('\r\n\r\n');
  const lines = raw
    .slice(0, end)
    .replaceAll(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  const headers = new Map(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), words(line.slice(colon + 1).trim())];
    }),
  );
  return { to, headers, raw, text: quotedPrintable(raw.slice(end + 4)).replaceAll('\r\n', '\n') };
}

const bytes = (text: string) =>
  Buffer.from(
    text.replaceAll(/=([\dA-F]{2})/g, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  ).toString();
const quotedPrintable = (text: string) => bytes(text.replaceAll('=\r\n', ''));
const words = (text: string) =>
  text
    .replaceAll(/\?= =\?/g, '?==?')
    .replaceAll(/=\?UTF-8\?([QB])\?([^?]*)\?=/gi, (_all, kind: string, body: string) =>
      kind.toUpperCase() === 'B' ? Buffer.from(body, 'base64').toString() : bytes(body.replaceAll('_', ' ')),
    );
