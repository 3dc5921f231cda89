export type CsvCell = string | number | null;

/**
 * Rows as CSV (RFC 4180), each ended by CRLF. Text that a spreadsheet would run as a formula is put behind
 * an apostrophe, which makes it text: names and addresses come from whoever called. Numbers stay numbers.
 */
export function toCsv(rows: readonly (readonly CsvCell[])[]): string {
  return rows.map((row) => `${row.map(toCell).join(',')}\r\n`).join('');
}

// Spreadsheets trim what stands before the sign, and take the full-width forms for the sign itself.
const beginsFormula = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/;

function toCell(cell: CsvCell): string {
  if (typeof cell !== 'string') {
    return cell === null ? '' : String(cell);
  }
  const text = beginsFormula.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
