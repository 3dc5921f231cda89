/** One difference between two profiles of a service, in words for an operator. */
export interface ProfileChange {
  /** What it is of, and unique among the changes: `Tier partner: rate limit`. */
  label: string;
  /** What it was; null for what is new. */
  before: string | null;
  /** What it becomes; null for what goes. */
  after: string | null;
  /** What follows from it, for keys that exist and for keys to come. */
  meaning: string;
  /** `careful` may stop calls that work today; `refused` is what the server will not do. */
  weight: 'plain' | 'careful' | 'refused';
}

const count = new Intl.NumberFormat('en');

/** `1 live key`, `1,204 live keys` */
export const countOf = (number: number, thing: string): string =>
  `${count.format(number)} ${thing}${number === 1 ? '' : 's'}`;

/** A change of one value, or nothing where it is the same. Null stands for a value that is not there. */
export function changeOf(
  label: string,
  [before, after]: readonly [string | null, string | null],
  meaning: string,
  weight: ProfileChange['weight'] = 'plain',
): ProfileChange[] {
  return before === after ? [] : [{ label, before, after, meaning, weight }];
}

interface Named {
  name: string;
}

/** Pairs two lists by name: what went, what came, and what stands in both. */
export function pairByName<Item extends Named>(before: readonly Item[], after: readonly Item[]) {
  const old = new Map(before.map((item) => [item.name, item]));
  const names = new Set(after.map(({ name }) => name));
  return {
    removed: before.filter(({ name }) => !names.has(name)),
    added: after.filter(({ name }) => !old.has(name)),
    kept: after.flatMap((item) => {
      const was = old.get(item.name);
      return was === undefined ? [] : [[was, item] as const];
    }),
  };
}

/** A change of order among what stands in both lists. */
export function changeOfOrder<Item extends Named>(
  label: string,
  before: readonly Item[],
  after: readonly Item[],
): ProfileChange[] {
  const { kept } = pairByName(before, after);
  const names = new Set(kept.map(([{ name }]) => name));
  const orderOf = (list: readonly Item[]) =>
    list.flatMap(({ name }) => (names.has(name) ? [name] : [])).join(', ');
  return changeOf(
    label,
    [orderOf(before), orderOf(after)],
    'The order in which they are listed. Nothing else follows from it.',
  );
}
