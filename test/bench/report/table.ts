import type { Row } from './row.ts';

const titles = ['section', 'measure', 'figure', 'target', 'met'];

/** The table for a terminal. */
export function textTable(rows: readonly Row[]): string {
  const lines = [titles, ...rows.map(cells)];
  const widths = titles.map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  return lines
    .map((line) =>
      line
        .map((cell, column) => {
          const width = widths[column] ?? 0;
          return column === 2 ? cell.padStart(width) : cell.padEnd(width);
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** The same for a page of Markdown. */
export function markdownTable(rows: readonly Row[]): string {
  const line = (parts: readonly string[]) => `| ${parts.join(' | ')} |`;
  const rule = ['---', '---', '---:', '---', '---'];
  return [titles, rule, ...rows.map(cells)].map(line).join('\n');
}

function cells({ section, measure, figure, target, met }: Row): string[] {
  return [section, measure, figure, target ?? '', met === undefined ? '' : met ? 'yes' : 'no'];
}
