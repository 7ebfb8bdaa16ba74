import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a chat's incoming webhook answers, in turn; 200 from then on. */
export interface Answer {
  status: number;
  headers?: Record<string, string>;
}

export async function chatServer() {
  const got: { path: string; type: string | undefined; card: any; at: number }[] = [];
  const answers: Answer[] = [];
  const server = http.createServer((req, res) => {
    const parts: Buffer[] = [];
    req.on('data', (part: Buffer) => parts.push(part));
    req.on('end', () => {
      const card: unknown = JSON.parse(Buffer.concat(parts).toString());
      got.push({ path: req.url!, type: req.headers['content-type'], card, at: Date.now() });
      const { status, headers = {} } = answers.shift() ?? { status: 200 };
      res.writeHead(status, headers).end('ok');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    ...{ got, answers },
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<unknown>((resolve) => {
        server.closeAllConnections();
        server.close(resolve);
      }),
  };
}
