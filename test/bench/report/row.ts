/** One line of the table. */
export interface Row {
  section: string;
  /** What was measured. */
  measure: string;
  /** With its unit. */
  figure: string;
  /** Such as `at least 0.8`; without one, a row only informs. */
  target?: string;
  met?: boolean;
}

type Figure = Omit<Row, 'section'>;

/** Rows of one section, each from a number. */
export function rowsOf(section: string) {
  const row = (figure: Figure): Row => ({ section, ...figure });
  return {
    perSecond: (measure: string, rate: number) => row({ measure, figure: `${whole(rate)} /s` }),
    /** A ratio, with no unit. */
    ratio: (measure: string, ratio: number, target: Target = {}) =>
      row({ measure, figure: short(ratio), ...judge(ratio, target, '') }),
    milliseconds: (measure: string, milliseconds: number, target: Target = {}) =>
      row({ measure, figure: `${short(milliseconds)} ms`, ...judge(milliseconds, target, ' ms') }),
    bytes: (measure: string, bytes: number, target: Target = {}) =>
      row({ measure, figure: `${whole(bytes)} bytes`, ...judge(bytes, target, ' bytes') }),
  };
}

interface Target {
  atLeast?: number;
  atMost?: number;
}

function judge(value: number, { atLeast, atMost }: Target, unit: string): Partial<Figure> {
  if (atLeast !== undefined) return { target: `at least ${atLeast}${unit}`, met: value >= atLeast };
  if (atMost !== undefined) return { target: `at most ${atMost}${unit}`, met: value <= atMost };
  return {};
}

const whole = (value: number) => Math.round(value).toLocaleString('en');

/** Three digits that count. */
const short = (value: number) => Number(value.toPrecision(3)).toLocaleString('en');
