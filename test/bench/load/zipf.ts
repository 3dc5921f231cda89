import { seededRandom } from '../../support/seeded-random.ts';
import { verifyRequest } from './verify-requests.ts';

const drawnCount = 500_000;
/** A prime that divides no power of ten: popular keys are spread over the table, as in life. */
const stride = 7919;

/**
 * Asks about the keys forever by Zipf's law with an exponent of 1: the second key half as often as the
 * first, the third a third as often. The draws are made beforehand, for they would cost the server's time.
 */
export function byZipf(callerSecret: string, secrets: readonly string[]): () => string {
  const ranks = drawRanks(secrets.length);
  let asked = 0;
  return () => {
    const rank = ranks[asked % drawnCount] ?? 0;
    asked += 1;
    return verifyRequest(callerSecret, secrets[(rank * stride) % secrets.length] ?? '');
  };
}

function drawRanks(count: number): Uint32Array {
  const cumulative = new Float64Array(count);
  let sum = 0;
  for (let rank = 0; rank < count; rank += 1) {
    sum += 1 / (rank + 1);
    cumulative[rank] = sum;
  }
  const random = seededRandom(2);
  return Uint32Array.from({ length: drawnCount }, () =>
    firstAtLeast(cumulative, random.fraction() * sum),
  );
}

/** The index of the first number that is not below the wanted one, in ascending numbers. */
function firstAtLeast(numbers: Float64Array, wanted: number): number {
  let low = 0;
  let high = numbers.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
