import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { pagePaths } from '../../api/console.ts';
import { world, type World } from '../api/world.ts';
import { assertSound, browserOf, visit } from './browser.ts';

const signedIn = '/signed-in';

describe('The paths of the console', () => {
  it('are the same for the server and for the page', () => {
    const declared = readFileSync(new URL('../../console/src/pages.tsx', import.meta.url), 'utf8');
    const paths = [...declared.matchAll(/\['(\/[^']*)', page\(/g)].map(([, path]) => path!);
    assert.deepEqual([...paths, '/', signedIn].toSorted(), pagePaths.toSorted());
  });

  it('are served to browsers alone: a program gets the API', async () => {
    const at = await world();
    for (const accept of ['*/*', 'application/json', 'text/csv', 'application/json, text/html;q=0.9'])
      assert.equal((await at.call('GET', '/handoffs', { headers: { accept } })).body.code, 'unauthenticated', accept);
    const { headers, text } = await at.call('GET', '/handoffs', { headers: { accept: 'text/html,*/*;q=0.8' } });
    assert.match(headers.get('content-security-policy')!, /default-src 'none'.*style-src 'self' 'nonce-/);
    assert.ok(!text.includes('NONCE_OF_THIS_ANSWER'));
    const other = await at.call('GET', '/scorecard/cases', { headers: { accept: 'text/html' } });
    assert.equal(other.body.code, 'unauthenticated');
    await at.close();
  }).timeout(30_000);

  it('say to a browser that nothing is there, where nothing is or none can be read; a program gets that as JSON', async () => {
    const here = await world();
    for (const path of ['/nowhere', '/cases/a/b', '/%E0%A4%A', '/handoffs/%E0%A4%A']) {
      const page = await here.call('GET', path, { headers: { accept: 'text/html,*/*;q=0.8' } });
      assert.deepEqual([page.status, page.headers.get('content-type')], [404, 'text/html; charset=utf-8'], path);
      assert.match(page.headers.get('content-security-policy')!, /default-src 'none'.*style-src 'self' 'nonce-/);
      const { body } = await here.call('GET', path);
      assert.match(body.code, /not-found|path-invalid/, path);
      const posted = await here.call('POST', path, { headers: { accept: 'text/html' }, body: {} });
      assert.match(posted.body.code, /not-found|path-invalid/, path);
    }
    await here.close();
  }).timeout(30_000);

  it('are read in German where the browser or the page that asks speaks German, on the page where one signs in', async () => {
    const here = await world();
    const asked = new URLSearchParams({
      ...{ response_type: 'code', client_id: 'baton-console', redirect_uri: `${here.api.url}${signedIn}`, state: 's' },
      ...{ code_challenge: 'a'.repeat(43), code_challenge_method: 'S256' },
    });
    const text = async (language: string, more = '') =>
      (
        await here.call('GET', `/dev/identity/authorize?${String(asked)}${more}`, {
          headers: { accept: 'text/html', 'accept-language': language },
        })
      ).text;
    for (const page of [await text('de-AT,de;q=0.9,en;q=0.8'), await text('en', '&ui_locales=de')])
      assert.match(page, /<html lang="de">[^]*Anmelden als[^]*Teamleitung Support/);
    for (const page of [
      await text('fr'),
      await text('de', '&ui_locales=en'),
      await text('*', '&ui_locales=constructor'),
    ])
      assert.match(page, /<html lang="en">[^]*Sign in as[^]*leads support/);
    await here.close();
  }).timeout(30_000);
});

describe('Signing in to the console', function () {
  this.timeout(60_000);
  const browser = browserOf(this);
  let at: World;
  before(async () => {
    at = await world();
  });
  after(() => at?.close());

  it('leads over the issuer’s page back to the page that one wanted to see', async () => {
    const visited = await visit(browser(), at.api.url, 'leo', '/cases?process=refund');
    await visited.page.getByRole('heading', { level: 1 }).waitFor();
    assert.equal(new URL(visited.page.url()).pathname, '/cases');
    assert.equal(new URL(visited.page.url()).search, '?process=refund');
    await visited.page.getByRole('button', { name: 'leo' }).waitFor();
    await assertSound(visited, 'after signing in');
    await visited.close();
  });

  it('keeps no token where a script of another day could find it', async () => {
    const visited = await visit(browser(), at.api.url, 'leo');
    await visited.page.getByRole('heading', { level: 1 }).waitFor();
    const kept = await visited.page.evaluate(
      'JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])',
    );
    assert.doesNotMatch(String(kept), /eyJ/);
    await visited.close();
  });

  it('knows the person still when the page is loaded again, and no longer once they have signed out', async () => {
    const visited = await visit(browser(), at.api.url, 'leo');
    await visited.page.reload();
    await visited.page.getByRole('button', { name: 'leo' }).click();
    await visited.page.getByRole('menuitem', { name: 'Sign out' }).click();
    await visited.page.getByRole('heading', { name: 'Sign in as' }).waitFor();
    await visited.close();
  });

  it('speaks German to who reads German, in the dark to who wants it dark, without a fault', async () => {
    const visited = await visit(browser(), at.api.url, 'leo', '/handoffs', { language: 'de', colours: 'dark' });
    await visited.page.getByRole('link', { name: 'Meine Anfragen' }).waitFor();
    await assertSound(visited, 'in German, dark');
    await visited.close();
  });

  it('refuses markup in a text, whatever a page does with it', async () => {
    const visited = await visit(browser(), at.api.url, 'leo');
    const tried = await visited.page.evaluate(
      `(() => { try { document.body.innerHTML = '<img src=x>'; return 'taken' } catch { return 'refused' } })()`,
    );
    assert.equal(tried, 'refused');
    await visited.close();
  });
});
