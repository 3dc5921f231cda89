import type { Flags } from '../flags.ts';
import { say } from '../report/say.ts';
import { applyLoad } from './apply-load.ts';
import { median } from './statistics.ts';
import { isValid } from './verify-requests.ts';

export interface Side {
  name: string;
  urls: readonly string[];
  next(): string | null;
}

/**
 * Verifications a second of each side, by name: the median of its rounds. The sides take turns, so that
 * what else the machine does at some moment falls on all of them; the first turn of each is not counted.
 */
export async function alternate(
  sides: readonly Side[],
  { seconds, rounds, connections }: Flags,
): Promise<(name: string) => number> {
  const rates = new Map(sides.map((side) => [side.name, [] as number[]]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const { name, urls, next } of sides) {
      const { rate } = await applyLoad({
        urls,
        connections,
        seconds,
        next,
        isRight: isValid,
      }).catch((cause) => {
        throw new Error(`${name}: ${cause.message}`, { cause });
      });
      if (round > 0) rates.get(name)?.push(rate);
      say(`  ${round === 0 ? 'warm-up' : `round ${round}`}: ${name} ${Math.round(rate)}/s`);
    }
  }
  return (name) => median(rates.get(name) ?? []);
}
