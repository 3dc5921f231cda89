import { alternate, type Side } from '../load/alternate.ts';
import { touchAll } from '../load/touch-all.ts';
import { byZipf } from '../load/zipf.ts';
import { rowsOf } from '../report/row.ts';
import { say } from '../report/say.ts';
import { startKeyward } from '../stage/processes.ts';
import { largestDatabase, seededDatabase } from './largest-database.ts';
import type { Section } from './section.ts';

/** Few keys and many, asked about as in life: few of them often, and most of them seldom. */
export const sizes: Section = {
  name: 'sizes',
  async run(stage, flags) {
    await using started = new AsyncDisposableStack();
    const row = rowsOf('sizes');
    const [small, middle, large] = flags.sizes;
    const sides: Side[] = [];
    const filling: number[] = [];
    for (const count of [small, middle, large]) {
      say(`  seeding ${count} keys`);
      const make = count === large ? largestDatabase : seededDatabase;
      const { databaseUrl, secrets } = await make(stage, count);
      const { url } = started.use(await startKeyward(databaseUrl));
      const next = byZipf(stage.callerSecret, secrets);
      // Each key once before the rounds: what is measured is a server that has been up for a while.
      filling.push(await touchAll(url, stage.callerSecret, secrets, flags.connections));
      sides.push({ name: nameOf(count), urls: [url], next });
    }
    const rate = await alternate(sides, flags);
    return [
      ...flags.sizes.map((count) => row.perSecond(nameOf(count), rate(nameOf(count)))),
      row.ratio(`${nameOf(large)} : ${nameOf(small)}`, rate(nameOf(large)) / rate(nameOf(small)), {
        atLeast: 0.8,
      }),
      row.perSecond(
        `each of ${large.toLocaleString('en')} keys once, after a start`,
        filling[2] ?? 0,
      ),
    ];
  },
};

const nameOf = (count: number) => `${count.toLocaleString('en')} keys, Zipf`;
