import assert from 'node:assert/strict';
import { withhold } from '../../models/withhold.ts';

type Row = [firstName: string, lastName: string, text: string, never: string[]];

/** Nothing of `never`, in small letters and without accents added or taken, may be left. */
const names: Record<string, Row[]> = {
  'with two letters for one': [
    ['Jürgen', 'Müller', 'Regards, Juergen Mueller', ['Juergen', 'Mueller']],
    ['Søren', 'Ødegård', 'Soeren Oedegaard here', ['Soeren', 'Oedegaard']],
    ['Jörg', 'Weiß', 'JOERG WEISS, joerg weiss', ['joerg', 'weiss']],
    ['Mueller', 'Schroeder', 'Grüße, Müller-Schröder', ['müller', 'schröder']],
    ['Åse', 'Bærum', 'Aase Baerum, ase bærum', ['aase', 'baerum', 'bærum']],
    ['Þórdís', 'Guðmundsdóttir', 'Thordis Gudmundsdottir', ['thordis', 'gudmundsdottir']],
    ['Đorđe', 'Đoković', 'Djordje Djokovic', ['djordje', 'djokovic']],
  ],
  'by the case rules of its language': [
    ['İsmail', 'Yıldız', 'ISMAIL YILDIZ, ismail yıldız', ['ismail', 'yildiz', 'yıldız']],
    ['Στέλιος', 'Κόκκινος', 'ΣΤΕΛΙΟΣ ΚΟΚΚΙΝΟΣ', ['στελιοσ', 'κοκκινοσ']],
    ['Ann', 'Weiß', 'WEISS, WEIẞ', ['weiss', 'weiß']],
  ],
  'in another script': [
    ['Иван', 'Петров', 'Ivan Petrov, Petrow', ['ivan', 'petro']],
    ['Yulia', 'Shcherbakova', 'Юлия Щербакова, от Юлии', ['юли', 'щербаков']],
    ['Δημήτρης', 'Παπαδόπουλος', 'Dimitris Papadopoulos', ['dimitris', 'papadopoulos']],
    ['محمد', 'الفارسي', 'Mohammed Al-Farsi, Muhammad Alfarsi', ['mohammed', 'muhammad', 'farsi']],
    ['Mohammed', 'Al-Farsi', 'أنا محمد الفارسي', ['محمد', 'الفارسي']],
    ['伟', '王', 'Wang Wei or WangWei', ['wang', 'wei']],
    ['민준', '김', 'Minjun Kim, Min-jun', ['minjun', 'min-jun', 'kim']],
    ['Wei', 'Wang', '我是王伟。', ['王伟']],
  ],
  'joined, as handles have it': [
    ['Jane', 'Doe', 'linkedin.com/in/janedoe and @JaneDoe', ['janedoe']],
    ['Jean-Luc', "D'Angelo", 'JeanLuc DAngelo, jeanluc.dangelo', ['jeanluc', 'angelo']],
    ['Jane', 'Doe', 'doejane, jane_doe87, github.com/jane-doe', ['jane', 'doe']],
    ['Jane', 'Doe', '@jdoe, j.doe, doej, janed, JDoe', ['doe', 'jane']],
    ['Jane', 'Doe', 'JaneDoeConsulting or TeamDoe', ['jane', 'doe']],
    ['Siobhán', 'O’Neill', 'siobhan.oneill, O Neill', ['siobhan', 'neill']],
    ['Robert', 'Mac Donald', 'MacDonald, macdonald, Mac-Donald', ['donald']],
  ],
  bent: [
    ['Thomas', 'Schneider', 'Schneiders Team, Thomas’ car, SCHNEIDER’S', ['schneider', 'thomas']],
    ['Karl', 'Marx', 'Marxens Werk', ['marx']],
    ['Emre', 'Yılmaz', "Yılmaz'ın teklifi", ['yılmaz', 'yilmaz']],
    ['Petr', 'Novák', 'Nováka, Novákovi, s Novákem', ['novák']],
    ['Anna', 'Kowalska', 'Annę Kowalską, Kowalskiej', ['ann', 'kowalsk']],
    ['Mika', 'Virtanen', 'Virtasen, Mikan', ['virta', 'mika']],
    ['Иван', 'Петров', 'от Петрова Ивана, с Петровым', ['петров', 'иван']],
    ['Δημήτρης', 'Παπαδόπουλος', 'του Παπαδόπουλου', ['παπαδόπουλο']],
  ],
  'short, or as one is called': [
    ['Robert (Bob)', 'Mac Donald', 'Ask for Bob, Bob MacDonald that is', ['bob', 'donald']],
    ['Robert', 'Miller', 'thanks, bob; Rob', ['bob', 'rob']],
    ['Elisabeth', 'Huber', 'Liz or Sissi', ['liz', 'sissi']],
    ['Stefan', 'Huber', 'Steffi, Stef', ['stef']],
    ['Bill', 'Miller', 'William Miller', ['william']],
    ['Sebastian', 'Huber', 'Basti', ['basti']],
  ],
  'by first letters': [
    ['Jane', 'Doe', 'J. Doe; Doe, J.; J.D.; J. D.', ['j.', 'doe']],
    ['Jane', 'Doe', 'Best,\nJD', ['jd']],
    ['Jean-Luc', 'Picard', 'JPicard, J. Picard', ['picard', 'j.']],
  ],
  'spelled out': [
    ['Jane', 'Doe', 'J-a-n-e D-o-e', ['j-a', 'd-o']],
    ['Jane', 'Doe', 'j a n e  d o e', ['j a', 'd o']],
    ['Jane', 'Doe', 'J.A.N.E.', ['j.a']],
  ],
};

const addresses: [text: string, never: string[]][] = [
  ["Mail miles.o'brien@acme.example please", ['miles', 'brien']],
  ['k.stranger [at] other [dot] example, or k.stranger @ other.example', ['stranger']],
  ['k.stranger(at)other.example', ['stranger', 'other']],
  ['stranger (at) other', ['stranger']],
  ['kim dot stranger at other dot example', ['stranger', 'other']],
  ['k.stranger AT other.example', ['stranger']],
  ['k_stranger {ät} other {punkt} example', ['stranger']],
  ['"kim stranger"@other.example', ['stranger']],
  ['?to=kim.stranger%40other.example', ['stranger']],
  ['stranger&#64;other.example, stranger＠other.example', ['stranger']],
  ['k.stranger_at_other.example', ['stranger']],
];

const phones = [
  '+44·20·5550·1234',
  '+44​20​5550​1234',
  '+44–20–5550–1234',
  '+44/20/5550/1234',
  '0044 20 5550 1234',
  '(+44) 20 5550 1234',
  '020 5550 1234',
  '02055501234',
  '202-555-0173',
  '(202) 555-0173',
  '06 12 34 56 78',
  '06.12.34.56.78',
  '+1 202 555 0173 ext. 12',
  '1-800-555-0173',
  '1 (800) 555 0173',
];

const staying = [
  'We need it by 2027-03-01.',
  'On 2027-03-01 10:00, 2027/03/01, 01/03/2027, 1.3.2027 or 12.06.2027 - 14.06.2027',
  'Go-live 12.06.2027',
  'between 2024 - 2026, 2024-2026, 2024/2025/2026, fiscal year 2026/2027',
  'Budget 1.500.000 EUR',
  'budget 1 500 000 EUR, 1,500,000, €1500000, 1’500’000 CHF, 2 500 000 000 JPY, USD 12 500 000',
  'amount: 612 345 678',
  '20000 - 30000 seats, 20000-30000, 500-1000 users, 10 000 000 records',
  '1000000 rows, +1500000, 1 000 000+ users, 1000000000',
  'version 10.4.2.1887, v1.22.333.4444, build 20270301.1234',
  'on 192.168.10.200 or 10.0.0.1:8080',
  'PO 4500012345, order 0301234567, invoice 2027-0000123, order no. 202-555-0173, #12345678',
  'ISBN 978-3-16-148410-0, SKU 555-0173-99, ISO 9001:2015',
  '1920x1080, 99.999 %, 3.14159265, 0.0000001',
  'Look at acme.example and meet at the office. 12 pcs @ 3.50 EUR, (a) first, (b) second.',
];

describe('a name that is withheld is found', () => {
  for (const [how, rows] of Object.entries(names))
    it(how, () => {
      for (const [firstName, lastName, text, never] of rows) {
        const left = (withhold({ text }, { firstName, lastName }).given as { text: string }).text;
        for (const one of never) assert.ok(!left.toLowerCase().includes(one), `${firstName} ${lastName}: ${left}`);
      }
    });
});

describe('withholding', () => {
  const nobody = { firstName: 'Ana', lastName: 'Probe' };
  const masked = (text: string, secrets: Record<string, unknown> = nobody) =>
    (withhold({ text }, secrets).given as { text: string }).text;

  it('takes out addresses as people write them for people', () => {
    for (const [text, never] of addresses)
      for (const one of never) assert.ok(!masked(text).includes(one), `${text} => ${masked(text)}`);
  });

  it('takes out phone numbers as people write them', () => {
    for (const phone of phones) assert.equal(masked(`My colleague is on ${phone}.`), 'My colleague is on [withheld].');
    assert.equal(masked('mobile 98765 43210'), 'mobile [withheld]');
    assert.equal(masked('plus four four two zero five five five zero'), '[withheld]');
  });

  it('takes out the number that was told in any form, also without its prefix, and no part of it alone', () => {
    const phone = { phone: '+49 30 5550188' };
    assert.equal(masked('555 0188, 030-555-0188', phone), '[withheld], [withheld]');
    assert.equal(masked('30 seats, 49 offices', phone), '30 seats, 49 offices');
  });

  it('takes out what an address is also called, but not whose house it is, nor a desk', () => {
    assert.equal(masked('aprobe77 of acme', { email: 'aprobe77@acme.example' }), '[withheld] of acme');
    assert.equal(masked('our sales team', { email: 'sales.team@acme.example' }), 'our sales team');
  });

  for (const text of staying)
    it(`leaves: ${text}`, () => {
      const secrets = { ...nobody, email: 'ana.probe@mail.example', phone: '+49 30 5550199' };
      assert.equal(masked(text, secrets), text);
    });

  it('leaves words that only hold a name, or are one in another spelling', () => {
    for (const [firstName, lastName, text] of [
      ['Mark', 'Stein', 'Market research for the Steinway'],
      ['Li', 'Do', 'do it by then, we live so'],
      ['Theodor', 'Andreasson', 'The team and others'],
      ['William', 'Bär', 'will you bill us for the bar'],
      ['Robin', 'Price', 'the robinson file'],
      ['Mark', 'Koch', 'Marke und Kochen'],
      ['Alexander', 'Long', 'Longing for answers'],
    ] as const)
      assert.equal(masked(text, { firstName, lastName }), text.replace(/\bbar$/, '[withheld]'));
  });

  it('takes out the small words of a name beside it, and leaves them elsewhere', () => {
    const lady = { firstName: 'Dr. María', lastName: 'de la Fuente' };
    assert.equal(masked('Soy de la empresa. María de la Fuente', lady), 'Soy de la empresa. [withheld] [withheld]');
    assert.equal(
      masked('Angebot der Firma, Frau von der Berg', { lastName: 'von der Berg' }),
      'Angebot der Firma, Frau [withheld]',
    );
    assert.equal(masked('Dr. Who asks for Dr. Maria', lady), 'Dr. Who asks for [withheld]');
  });

  it('takes any text and any name, also what is none', () => {
    for (const odd of [
      '\u0301',
      '\ud800',
      '\udc00\u0301',
      "'",
      '-',
      '( )',
      '[a',
      'a{2',
      '\\',
      '😀',
      '½',
      '@',
      'a@b',
      '+',
      '.',
    ])
      for (const text of [odd, `x ${odd} y`, odd.repeat(5)])
        assert.equal(
          typeof masked(text, { firstName: odd, lastName: `${odd}b`, email: `${odd}@x`, phone: odd }),
          'string',
        );
  });

  it('says what nobody can be sure of', () => {
    const unjudged = (firstName: string, lastName: string) => withhold({}, { firstName, lastName }).unjudged;
    assert.deepEqual(unjudged('Ana', 'Probe'), undefined);
    assert.deepEqual(
      unjudged('Bo', 'Ek')!.map(({ field }) => field),
      ['firstName', 'lastName'],
    );
    assert.match(unjudged('Ana', '山田')![0]!.why, /several readings/);
    assert.match(unjudged('Ana', '\u{12059}\u{120ef}')![0]!.why, /not put into Latin/);
  });
});
