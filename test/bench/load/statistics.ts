/** The middle of the numbers, or the mean of the two in the middle. */
export function median(numbers: Iterable<number>): number {
  const sorted = Float64Array.from(numbers).sort();
  const middle = sorted.length / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle) - 1] ?? 0)) / 2;
}

/** The number that this share of the sorted numbers does not exceed, such as 0.99 for p99. */
export function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
