import { freePort } from '../../environment/free-port.ts';
import { spawnTied } from '../../scripts/embedded/tied-process.ts';
import { pythonPackages } from '../python-packages.ts';

const server = 'scim2-server==0.8.3';
const models = 'scim2-models==0.12.3';

/** A directory that others wrote, over the same wire as ours; or why there is none. */
export interface ScimServer {
  url: string;
  token: string;
  create(type: 'Users' | 'Groups', resource: object): Promise<{ id: string }>;
  /** The user names of a group's members. */
  members(displayName: string): Promise<string[]>;
  stop(): Promise<unknown>;
}

/** Fetched from the Python package index once, into this user's cache. */
export async function scimServer(): Promise<ScimServer | { absent: string }> {
  const packages = await pythonPackages('scim2-server-0.8.3', [server, models]);
  if (typeof packages !== 'string') return packages;
  const [port, token] = [await freePort(), 'of-the-test'];
  const started = Promise.withResolvers<string | undefined>();
  const args = ['-m', 'scim2_server.testserver.cli', '--port', String(port), '--bearer-token', token];
  const running = await spawnTied('python3', args, {
    env: { ...process.env, PYTHONPATH: packages },
    onLine: (line) => void (line.startsWith('Serving SCIM') && started.resolve(undefined)),
  }).catch((error: Error) => ({ absent: error.message }));
  if ('absent' in running) return running;
  void running.exited.then((code) => started.resolve(`python3 ended with ${code}`));
  const failed = await started.promise;
  if (failed !== undefined) return { absent: failed };

  const url = `http://127.0.0.1:${port}/v2`;
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' };
  const schema = { Users: 'User', Groups: 'Group' };
  const all = async (type: 'Users' | 'Groups') =>
    ((await (await fetch(`${url}/${type}?count=100`, { headers })).json()) as { Resources?: any[] }).Resources ?? [];
  return {
    url,
    token,
    async create(type, resource) {
      const body = JSON.stringify({ schemas: [`urn:ietf:params:scim:schemas:core:2.0:${schema[type]}`], ...resource });
      const answer = await fetch(`${url}/${type}`, { method: 'POST', headers, body });
      if (answer.status !== 201) throw new Error(`${type}: ${answer.status} ${await answer.text()}`);
      return (await answer.json()) as { id: string };
    },
    async members(displayName) {
      const [users, groups] = await Promise.all([all('Users'), all('Groups')]);
      const group = groups.find((one) => one.displayName === displayName);
      return (group?.members ?? []).map(
        ({ value }: { value: string }) => users.find(({ id }) => id === value)?.userName as string,
      );
    },
    stop: () => running.stop(),
  };
}

/** The same for a hook, whose tests are skipped with the reason where there is none. */
export async function scimServerOrSkip(hook: Mocha.Context): Promise<ScimServer> {
  hook.timeout(120_000);
  const found = await scimServer();
  if (!('absent' in found)) return found;
  console.log(`      skipped: ${found.absent}`);
  return hook.skip();
}
