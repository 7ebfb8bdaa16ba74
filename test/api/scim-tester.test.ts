import assert from 'node:assert/strict';
import { spawnTied } from '../../scripts/embedded/tied-process.ts';
import { pythonPackagesOrSkip } from '../python-packages.ts';
import { keyFor } from './keys.ts';
import { world, type World } from './world.ts';

const tester = ['scim2-tester==0.5.2', 'scim2-client[httpx2]==0.13.2', 'scim2-models==0.12.3'];

/** Prints a line of JSON for each check. */
const program = `
import json, sys
from httpx2 import Client
from scim2_client.engines.httpx2 import SyncSCIMClient
from scim2_tester import check_server
http = Client(base_url=sys.argv[1], headers={"Authorization": "Bearer " + sys.argv[2]})
for result in check_server(SyncSCIMClient(http)):
    print(json.dumps({"status": result.status.name, "title": result.title, "about": result.resource_type, "reason": result.reason}))
`;

interface Check {
  status: string;
  title: string;
  about: string | null;
  reason: string | null;
}

describe('a SCIM client that others wrote', function () {
  this.timeout(180_000);
  let here: World;
  let packages: string;
  before(async function () {
    packages = await pythonPackagesOrSkip(this, 'scim2-tester-0.5.2', tester);
    here = await world({ rolesSource: 'scim' });
  });
  after(() => here?.close());

  it('provisions users and groups, and finds nothing wrong with what it is answered', async () => {
    const { key } = await keyFor(here, 'directory', ['scim']);
    const lines: string[] = [];
    const { exited } = await spawnTied('python3', ['-c', program, `${here.api.url}/scim/v2`, key], {
      env: { ...process.env, PYTHONPATH: packages },
      onLine: (line) => lines.push(line),
    });
    assert.equal(await exited, 0, lines.slice(-5).join('\n'));
    const checks = lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Check);
    const told = ({ status, title, about, reason }: Check) => `${status} ${title} ${about ?? ''} ${reason ?? ''}`;
    assert.deepEqual(checks.filter(({ status }) => status === 'ERROR' || status === 'CRITICAL').map(told), []);
    const done = new Set(
      checks.filter(({ status }) => status === 'SUCCESS').map(({ title, about }) => `${title} ${about}`),
    );
    for (const about of ['User', 'Group'])
      for (const title of [
        ...['object_creation', 'object_query', 'object_list_with_attributes', 'search_with_attributes'],
        ...['object_replacement', 'object_deletion', 'check_add_attribute', 'check_replace_attribute'],
        'check_remove_attribute',
      ])
        assert.ok(done.has(`${title} ${about}`), `${title} ${about}: ${[...done].join(', ')}`);
  });
});
