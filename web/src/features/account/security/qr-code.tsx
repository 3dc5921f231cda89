import { encode } from 'uqr';
import classes from './qr-code.module.css';

/** A run of dark modules as part of a path, one line high. */
const run = (x: number, y: number, length: number) => `M${x} ${y}h${length}v1h-${length}z`;

function pathOf(rows: readonly (readonly boolean[])[]): string {
  return rows
    .flatMap((row, y) =>
      row.flatMap((isDark, x) => {
        if (!isDark || row[x - 1] === true) {
          return [];
        }
        const end = row.findIndex((later, index) => index > x && !later);
        return run(x, y, (end === -1 ? row.length : end) - x);
      }),
    )
    .join('');
}

/** Text as a QR code, dark on light in either theme: some apps read it no other way. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { ecc: 'M', border: 2 });
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className={classes.root}
    >
      <path d={pathOf(data)} />
    </svg>
  );
}
