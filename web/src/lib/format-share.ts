const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 });

/** A part of a whole: `42.5%`; what is there and rounds to nothing is `< 0.1%`. */
export function formatShare(part: number, whole: number): string {
  if (whole === 0) {
    return '0%';
  }
  const share = part / whole;
  return part > 0 && share < 0.001 ? '< 0.1%' : percent.format(share);
}
