import classes from './spark-bars.module.css';

export interface SparkDay {
  /** The day, in ISO 8601. */
  at: string;
  valid: number;
  refused: number;
}

const step = 8;
const width = 6;

interface SparkBarsProps {
  days: readonly SparkDay[];
  label: string;
  /** In pixels; without it, that of a line. */
  height?: number;
}

/** A few days of calls: what was accepted, and on top of it what was refused. */
export function SparkBars({ days, label, height = 24 }: SparkBarsProps) {
  const most = Math.max(1, ...days.map(({ valid, refused }) => valid + refused));
  const scale = (count: number) => (count === 0 ? 0 : Math.max(1, (count / most) * height));
  return (
    <svg
      role="img"
      aria-label={label}
      width={days.length * step}
      height={height + 1}
      className={classes.root}
    >
      {days.map(({ at, valid, refused }, index) => (
        <g key={at} transform={`translate(${index * step} 0)`}>
          <rect y={height} width={width} height={1} className={classes.ground} />
          <rect
            y={height - scale(valid)}
            width={width}
            height={scale(valid)}
            className={classes.valid}
          />
          <rect
            y={height - scale(valid) - scale(refused)}
            width={width}
            height={scale(refused)}
            className={classes.refused}
          />
        </g>
      ))}
    </svg>
  );
}
