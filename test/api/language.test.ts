import assert from 'node:assert/strict';
import { world, type World } from './world.ts';

describe('a refusal', function () {
  this.timeout(120_000);
  let here: World;
  before(async () => void (here = await world()));
  after(() => here.close());

  const ask = (language: string | undefined, body: object) =>
    here.call('POST', '/processes/refund/cases', {
      ...{ as: 'rita', body },
      headers: { 'idempotency-key': 'language', ...(language === undefined ? {} : { 'accept-language': language }) },
    });

  it('is in the language that the caller accepts, with the codes and fields of every language', async () => {
    const english = await ask(undefined, { requestId: '', more: 1 });
    const german = await ask('de-AT,de;q=0.9,en;q=0.5', { requestId: '', more: 1 });
    assert.deepEqual(
      [english, german].map(({ status, body, headers }) => [
        ...[status, body.code, body.type, headers.get('content-language'), headers.get('vary')],
      ]),
      ['en', 'de'].map((language) => [
        ...[422, 'request-invalid', 'urn:baton:problem:request-invalid', language, 'accept-language'],
      ]),
    );
    const fields = ({ body }: typeof german) => body.errors.map(({ field }: { field: string }) => field);
    assert.deepEqual(fields(german), fields(english));
    assert.equal(german.body.title, 'Etwas fehlt oder ist ungültig');
    const messages = Object.fromEntries(
      german.body.errors.map(({ field, message }: { field: string; message: string }) => [field, message]),
    );
    assert.equal(messages['/requestId'], 'darf nicht leer sein');
    assert.equal(messages['/more'], 'ist hier nicht bekannt');
    assert.equal(messages['/message'], 'fehlt');
  });

  it('is in English for whoever accepts another language, and in German in its details too', async () => {
    for (const language of ['fr', '*', 'xx-invalid;;', 'en,de;q=0.1'])
      assert.equal((await ask(language, {})).headers.get('content-language'), 'en', language);
    const { body } = await here.call('GET', '/words/fr', { as: 'rita', headers: { 'accept-language': 'de' } });
    assert.equal(body.detail, 'Es gibt Wörter in en and de');
  });
});
