import postgres from 'postgres';
import { median } from '../load/statistics.ts';
import { rowsOf } from '../report/row.ts';
import { say } from '../report/say.ts';
import { startKeyward } from '../stage/processes.ts';
import { seededKeyName } from '../stage/seed-keys.ts';
import { largestDatabase } from './largest-database.ts';
import type { Section } from './section.ts';
import { bareQuery, type Timed, timedPages } from './timed-pages.ts';

const atMost = 2;

/** Pages of an organization with very many keys, beside the query that no page can do without. */
export const pages: Section = {
  name: 'pages',
  async run(stage, { sizes, samples, rounds }) {
    await using started = new AsyncDisposableStack();
    const count = sizes[2];
    say(`  seeding ${count} keys, unless they are there already`);
    const { databaseUrl } = await largestDatabase(stage, count);
    const { url } = started.use(await startKeyward(databaseUrl));
    const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
    started.defer(() => sql.end());

    const from = timedPages(url, stage.callerSecret);
    const middle = encodeURIComponent(seededKeyName(Math.floor(count / 2)));
    const shapes = {
      'first page of 50': from.page('limit=50'),
      'one page after the other, by cursor': from.following('limit=50'),
      '?status=active': from.page('limit=50&status=active'),
      '?kind=user, of which there is none': from.page('limit=50&kind=user', 0),
      '?q= of a word in every name': from.page('limit=50&q=importer'),
      '?q= of one name, from the middle': from.page(`limit=50&q=${middle}`, 1),
    };
    const bareName = `bare query of 50 of ${count.toLocaleString('en')} keys, over no HTTP`;
    const floorName = 'GET /healthz, what HTTP itself takes';
    const p50 = await inTurns(
      {
        [bareName]: bareQuery(sql, stage.organizationId),
        [floorName]: from.health(),
        ...shapes,
      },
      Math.ceil(samples / rounds),
      rounds,
    );

    const row = rowsOf('pages');
    const [bare, floor] = [p50(bareName), p50(floorName)];
    return [
      row.milliseconds(`${bareName}, p50`, bare),
      row.milliseconds(`${floorName}, p50`, floor),
      ...Object.keys(shapes).flatMap((name) => [
        row.milliseconds(`${name}, p50`, p50(name)),
        row.ratio(`${name} : bare query`, p50(name) / bare, { atMost }),
        row.ratio(`${name} less HTTP : bare query`, (p50(name) - floor) / bare),
      ]),
    ];
  },
};

/** The p50 of each in milliseconds, by name. They take turns; the first turn of each is not counted. */
async function inTurns(
  timed: Record<string, Timed>,
  count: number,
  rounds: number,
): Promise<(name: string) => number> {
  const times: Record<string, number[]> = {};
  for (let round = 0; round <= rounds; round += 1) {
    say(round === 0 ? '  warm-up' : `  round ${round}`);
    for (const [name, ask] of Object.entries(timed)) {
      const taken = await ask(count);
      if (round > 0) times[name] = [...(times[name] ?? []), ...taken];
    }
  }
  return (name) => median(times[name] ?? []);
}
