import assert from 'node:assert/strict';
import { csv } from '../../scorecard/csv.ts';

describe('a table as text/csv', () => {
  it('quotes by RFC 4180, and puts a quote before what a spreadsheet would compute', () => {
    const cells = ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', 'a,b', 'say "yes"', 'two\nlines', 'plain'];
    assert.equal(
      csv(
        ['of'],
        cells.map((cell) => [cell]),
      ),
      `of\r\n'=1+1\r\n'+1\r\n'-1\r\n'@SUM(A1)\r\n'\tx\r\n"'\rx"\r\n"a,b"\r\n"say ""yes"""\r\n"two\nlines"\r\nplain\r\n`,
    );
  });

  it('leaves numbers as they are, and nothing where there is nothing', () => {
    assert.equal(csv(['a', 'b', 'c'], [[-1.5, null, undefined]]), 'a,b,c\r\n-1.5,,\r\n');
  });
});
