import assert from 'node:assert/strict';
import { withoutDoubleEncoding } from '../../models/double-encoding.ts';
import { withhold } from '../../models/withhold.ts';

describe('withholding', () => {
  const masked = (text: string, ...secrets: unknown[]) => (withhold({ text }, secrets).given as { text: string }).text;

  it('takes out a name as a whole and by each of its words, in any case', () => {
    assert.equal(
      masked('Ask ANA DA SILVA, or Ana, or da Silva.', 'Ana da Silva'),
      'Ask [withheld], or [withheld], or [withheld] [withheld].',
    );
    assert.equal(masked('Silvana and Banana stay', 'Ana', 'Silva'), 'Silvana and Banana stay');
  });

  it('finds it composed, widened, joined or spaced otherwise', () => {
    assert.equal(masked('Zoe\u0308 Ｍüller', 'Zoë', 'Müller'), '[withheld] [withheld]');
    assert.equal(masked('Zo\u200bë', 'Zoë'), '[withheld]');
    assert.equal(masked('van  der\nBerg', 'van der Berg'), '[withheld]');
    assert.equal(masked('SIÂN and Sian', 'Siân'), '[withheld] and [withheld]');
    assert.equal(masked('ZoÃ« MÃ¼ller', 'Zoë', 'Müller'), '[withheld] [withheld]');
    assert.equal(masked('Zoë', 'ZoÃ«'), '[withheld]');
    assert.equal(masked("O'Brien, OʼBrien", 'O’Brien'), '[withheld], [withheld]');
    assert.equal(
      masked('Lüdenscheidt wrote, Muller–Ludenscheidt did', 'Müller-Lüdenscheidt'),
      '[withheld] wrote, [withheld] did',
    );
  });

  it('finds it where words are not spaced', () => {
    assert.equal(masked('山田太郎さん', '太郎', '山田'), '[withheld][withheld]さん');
    assert.equal(masked('김민준님', '민준', '김'), '[withheld][withheld]님');
  });

  it('takes a single letter for a name only as it was written', () => {
    assert.equal(masked('A wants a demo', 'A'), '[withheld] wants a demo');
  });

  it('leaves what it does not take out as it was written', () => {
    const text = 'Kōgyō ＆ Søn – “déjà vu” ½\u200b';
    assert.equal(masked(text, 'Zoë'), text);
  });

  it('takes what a secret holds literally', () => {
    assert.equal(
      masked("Robert '); DROP TABLE leads;-- asked (x)", "'); DROP TABLE leads;--", '.*'),
      'Robert [withheld] asked (x)',
    );
    assert.equal(masked('nothing', null, undefined, '', ' ', '-', 7), 'nothing');
  });

  it('takes out every e-mail address and phone number, whosever they are', () => {
    assert.equal(
      masked('Write to <a.b+c@mail.example>, mailto:d@e.example!'),
      'Write to <[withheld]>, mailto:[withheld]',
    );
    for (const phone of ['+49 (0)30 555-1234', '555.0121.44', '０３-5550-8241', '+1 202 555 0173', '٠٣٠٥٥٥١٢٣٤'])
      assert.equal(masked(`Call ${phone} now`), 'Call [withheld] now', phone);
    assert.equal(masked('1,000+ people, 12 offices, 250000 a year'), '1,000+ people, 12 offices, 250000 a year');
  });

  it('reaches every text, however deep, and counts', () => {
    const given = { company: 'Holm AS', size: 5, notes: [{ says: 'Holm called' }, null], Holm: true };
    assert.deepEqual(withhold(given, ['Holm']), {
      given: { company: '[withheld] AS', size: 5, notes: [{ says: '[withheld] called' }, null], Holm: true },
      masked: 2,
    });
  });
});

describe('a text', () => {
  it('that was encoded twice is read as it was meant, and any other as it stands', () => {
    const twice = Buffer.from('Zoë Müller – 見積', 'utf8').toString('latin1');
    assert.equal(withoutDoubleEncoding(twice), 'Zoë Müller – 見積');
    assert.equal(withoutDoubleEncoding('Oâ€™Brien, ZoÃ«'), 'O’Brien, Zoë');
    for (const text of ['Zoë Müller', 'Señal Norte\u00a0GmbH', '«Ça va»', '見積', 'ÄÖÜ', ''])
      assert.equal(withoutDoubleEncoding(text), text);
  });
});
