import assert from 'node:assert/strict';
import { keyFor } from './keys.ts';
import { type ScimClient, scimClient } from './scim-client.ts';
import { world, type World } from './world.ts';

const user = 'urn:ietf:params:scim:schemas:core:2.0:User';
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

describe('SCIM as directories send it', function () {
  this.timeout(120_000);
  let here: World;
  let scim: ScimClient;
  before(async () => {
    here = await world({ rolesSource: 'scim' });
    scim = scimClient(here, (await keyFor(here, 'directory', ['scim'])).key);
  });
  after(() => here.close());

  const read = async (id: string) => (await scim.send('GET', `/Users/${id}`)).body;
  const members = async (id: string) =>
    ((await scim.send('GET', `/Groups/${id}`)).body.members ?? [])
      .map(({ value }: { value: string }) => value)
      .toSorted();
  const found = async (type: 'Users' | 'Groups', filter: string, more = '') => {
    const got = await scim.send('GET', `/${type}?filter=${encodeURIComponent(filter)}${more}`);
    assert.equal(got.status, 200, got.text);
    return (got.body.Resources as { id: string }[]).map(({ id }) => id);
  };
  const refused = async (got: Promise<{ status: number; body: any }>) => {
    const { status, body } = await got;
    return `${status} ${body.scimType}`;
  };

  it('takes what Entra sends to make, change and disable a user', async () => {
    assert.deepEqual(await found('Users', 'userName eq "eva@example.com"'), []);
    const made = await scim.send('POST', '/Users', {
      schemas: [user, enterprise],
      ...{ externalId: 'eva', userName: 'eva@example.com', active: true, displayName: 'Eva', title: 'Clerk' },
      emails: [{ primary: true, type: 'work', value: 'eva@example.com' }],
      meta: { resourceType: 'User' },
      name: { formatted: 'Eva Lind', familyName: 'Lind', givenName: 'Eva' },
      [enterprise]: { department: 'Claims' },
    });
    assert.equal(made.status, 201, made.text);
    const { id } = made.body;
    assert.equal(made.headers.get('location'), made.body.meta.location);
    assert.deepEqual(await found('Users', 'userName eq "EVA@example.com"'), [id]);
    const changed = await scim.patch(
      `/Users/${id}`,
      { op: 'Add', path: 'name.givenName', value: 'Evelyn' },
      { op: 'Replace', path: 'emails[type eq "work"].value', value: 'evelyn@example.com' },
      { op: 'Add', path: 'emails[type eq "other"].value', value: 'e@example.com' },
      { op: 'Add', path: `${user}:displayName`, value: 'Evelyn' },
      { op: 'Replace', path: `${enterprise}:department`, value: 'Finance' },
      { op: 'Replace', path: 'phoneNumbers[type eq "mobile"].value', value: '1' },
      { op: 'Replace', value: { 'name.familyName': 'Lindt', active: 'True' } },
    );
    assert.equal(changed.status, 200, changed.text);
    const { displayName, name, emails, active, ...rest } = changed.body;
    assert.deepEqual(
      { displayName, name, emails, active },
      {
        ...{ displayName: 'Evelyn', name: { formatted: 'Eva Lind', familyName: 'Lindt', givenName: 'Evelyn' } },
        emails: [
          { primary: true, type: 'work', value: 'evelyn@example.com' },
          { type: 'other', value: 'e@example.com' },
        ],
        active: true,
      },
    );
    assert.equal(rest[enterprise] ?? rest.title, undefined);
    await scim.patch(`/Users/${id}`, { op: 'Replace', path: 'active', value: 'False' });
    assert.equal((await read(id)).active, false);
  });

  it('takes what Entra sends about a group: members added, removed one by one and by value, and asked about', async () => {
    const [one, two, three] = await Promise.all(['e1', 'e2', 'e3'].map((name) => scim.user(name)));
    const id = await scim.group('Entra', [], { externalId: 'e-group' });
    const path = `/Groups/${id}`;
    await scim.patch(path, { op: 'Add', path: 'members', value: [{ value: one }, { value: two }] });
    await scim.patch(path, { op: 'Add', path: 'members', value: [{ value: one }, { value: three }] });
    assert.deepEqual(await members(id), [one, two, three].toSorted());
    await scim.patch(path, { op: 'Remove', path: 'members', value: [{ value: one }] });
    assert.deepEqual(await members(id), [two, three].toSorted());
    assert.deepEqual(await found('Groups', `id eq "${id}" and members eq "${two}"`, '&attributes=id'), [id]);
    assert.deepEqual(await found('Groups', `members.value eq "${one}"`), []);
    assert.deepEqual(await found('Groups', 'displayName eq "ENTRA"', '&excludedAttributes=members'), [id]);
    await scim.patch(path, { op: 'Remove', path: 'members' });
    assert.deepEqual(await members(id), []);
  });

  it('takes what Okta sends: PUT of the whole user, path-less replace, members by filter', async () => {
    const id = await scim.user('okta@example.com', { externalId: '00u1' });
    const put = await scim.send('PUT', `/Users/${id}`, {
      ...{
        schemas: [user],
        id,
        userName: 'okta@example.com',
        externalId: '00u1',
        active: true,
        password: 'x',
        groups: [],
      },
      ...{ name: { givenName: 'Otis', familyName: 'Kay' }, emails: [], locale: 'en-US' },
    });
    assert.equal(put.status, 200, put.text);
    assert.deepEqual([put.body.name.givenName, put.body.password, put.body.locale], ['Otis', undefined, undefined]);
    const group = await scim.group('Okta', [id]);
    await scim.patch(`/Groups/${group}`, { op: 'replace', value: { id: group, displayName: 'Okta 2' } });
    const shown = (await scim.send('GET', `/Groups/${group}`)).body;
    assert.deepEqual([shown.displayName, shown.members[0].value], ['Okta 2', id]);
    await scim.patch(
      `/Groups/${group}`,
      { op: 'remove', path: `members[value eq "${id}"]` },
      { op: 'remove', path: 'members[value eq "nobody"]' },
    );
    assert.deepEqual(await members(group), []);
    await scim.patch(`/Users/${id}`, { op: 'replace', value: { active: false } });
    assert.equal((await read(id)).active, false);
    assert.deepEqual((await read(id)).userName, 'okta@example.com');
  });

  it('pages, and answers the attributes that are asked for', async () => {
    for (let n = 0; n < 5; n++) await scim.user(`page-${n}`, { displayName: `Page ${n}` });
    const filter = encodeURIComponent('userName sw "page-" and not (displayName ew "4" or active eq false)');
    const page = await scim.send('GET', `/Users?filter=${filter}&startIndex=2&count=2&attributes=displayName`);
    const { totalResults, startIndex, itemsPerPage, Resources } = page.body;
    assert.deepEqual([totalResults, startIndex, itemsPerPage], [4, 2, 2]);
    assert.deepEqual(Object.keys(Resources[0]).toSorted(), ['displayName', 'id', 'schemas', 'userName']);
    assert.equal(Resources[0].displayName, 'Page 1');
    const all = await scim.send('GET', '/Users?startIndex=0&count=0');
    assert.deepEqual([all.body.Resources, all.body.startIndex], [[], 1]);
    assert.ok(all.body.totalResults >= 5);
    const searched = await scim.send('POST', '/.search', { filter: 'displayName sw "Page"', count: 3, startIndex: 4 });
    assert.deepEqual([searched.body.totalResults, searched.body.Resources.length], [5, 2]);
    const [first] = await found('Users', 'userName eq "page-0"');
    const short = await scim.send('GET', `/Users/${first}?excludedAttributes=meta,displayName`);
    assert.deepEqual(Object.keys(short.body).toSorted(), ['active', 'id', 'schemas', 'userName']);
  });

  it('changes only the version that was read', async () => {
    const id = await scim.user('vera');
    const { headers, body } = await scim.send('GET', `/Users/${id}`);
    const etag = headers.get('etag')!;
    assert.equal(body.meta.version, etag);
    assert.equal((await scim.send('GET', `/Users/${id}`, undefined, { 'if-none-match': etag })).status, 304);
    const put = (match: string) =>
      scim.send('PUT', `/Users/${id}`, { userName: 'vera', displayName: match }, { 'if-match': match });
    assert.equal((await put(etag)).status, 200);
    assert.equal((await put(etag)).status, 412);
    assert.equal((await put('*')).status, 200);
    assert.equal((await scim.send('DELETE', `/Users/${id}`, undefined, { 'if-match': etag })).status, 412);
  });

  it('refuses in the words of SCIM, and nothing is changed', async () => {
    const id = await scim.user('wrong');
    const group = await scim.group('Wrong');
    const before = await read(id);
    const patch = (...operations: object[]) => refused(scim.patch(`/Users/${id}`, ...operations));
    const tries: [Promise<string>, string][] = [
      [refused(scim.send('POST', '/Users', { userName: 'WRONG' })), '409 uniqueness'],
      [refused(scim.send('POST', '/Groups', { displayName: 'wrong' })), '409 uniqueness'],
      [refused(scim.send('POST', '/Users', { displayName: 'nobody' })), '400 invalidValue'],
      [refused(scim.send('POST', '/Users', { userName: 'hook:erp' })), '400 invalidValue'],
      [refused(scim.send('POST', '/Users', { userName: 'a', active: 'perhaps' })), '400 invalidValue'],
      [refused(scim.send('POST', '/Users', { userName: 'a', active: { toString: 1 } })), '400 invalidValue'],
      [refused(scim.send('POST', '/Groups', { displayName: 'g', members: [{ value: 'x' }] })), '400 invalidValue'],
      [refused(scim.send('PUT', `/Users/${id}`, { userName: 'another' })), '400 mutability'],
      [patch({ op: 'replace', path: 'userName', value: 'another' }), '400 mutability'],
      [patch({ op: 'replace', path: 'id', value: '1' }), '400 mutability'],
      [patch({ op: 'add', path: 'groups', value: [{ value: group }] }), '400 mutability'],
      [patch({ op: 'replace', path: 'nothing', value: 1 }), '400 invalidPath'],
      [patch({ op: 'replace', path: 'displayName[type eq "a"]', value: 1 }), '400 invalidPath'],
      [patch({ op: 'replace', path: 'emails[type co "a"].value', value: 'a' }), '400 noTarget'],
      [patch({ op: 'replace', path: 'emails[type eq].value', value: 'a' }), '400 invalidFilter'],
      [patch({ op: 'replace', path: 'emails[type eq "work"].primary', value: { toString: 1 } }), '400 invalidValue'],
      [patch({ op: 'remove' }), '400 noTarget'],
      [patch({ op: 'move', path: 'displayName' }), '400 invalidValue'],
      [patch({ op: 'remove', path: 'userName' }), '400 invalidValue'],
      [
        patch({ op: 'add', path: 'displayName', value: 'kept?' }, { op: 'add', path: 'name', value: 1 }),
        '400 invalidValue',
      ],
      [refused(scim.send('GET', '/Users?filter=userName')), '400 invalidFilter'],
      [refused(scim.send('GET', `/Users?filter=${encodeURIComponent('(userName eq "a"')}`)), '400 invalidFilter'],
      [refused(scim.send('GET', '/Users?count=many')), '400 invalidValue'],
      [refused(scim.send('GET', '/Users/none')), '404 undefined'],
      [refused(scim.send('DELETE', '/Users')), '405 undefined'],
      [refused(scim.send('POST', '/Bulk', {})), '404 undefined'],
    ];
    for (const [got, wanted] of tries) assert.equal(await got, wanted);
    const raw = await here.call('POST', '/scim/v2/Users', {
      raw: '{"userName":',
      token: (await keyFor(here, 'raw', ['scim'])).key,
    });
    assert.deepEqual([raw.status, raw.body.scimType], [400, 'invalidSyntax']);
    assert.deepEqual(await read(id), before);
  });
});
