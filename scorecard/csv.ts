/** What a spreadsheet would take for a formula is a text, with a quote before it. */
const formula = /^[=+\-@\t\r]/;

/** A cell by RFC 4180. Numbers of ours stand as they are; of texts, what would be a formula is neutralised. */
function cell(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = formula.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Rows as text/csv with a head. */
export const csv = (
  head: readonly string[],
  rows: readonly (readonly (string | number | null | undefined)[])[],
): string => [head, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
