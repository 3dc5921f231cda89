// `npm run torture -- --minutes 10 --seed 42`: 1,000 revocations under load, then rounds of every fault until the
// time is out.
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { migrateDatabase } from '@keyward/server/database/migrate-database';
import { type ProtocolRules, protocolRules } from '@keyward/server/verification/authority/rules';
import { type Cluster, startCluster } from '../support/cluster.ts';
import { type FaultName, faultNames } from '../support/cluster-faults.ts';
import { playRound } from '../support/cluster-round.ts';
import { administer, databaseUrl } from '../support/postgres-admin.ts';
import { startTestServer } from '../support/postgres-server.ts';
import { revokeUnderLoad } from '../support/revoke-under-load.ts';
import { type SeededRandom, seededRandom } from '../support/seeded-random.ts';
import { uniqueName } from '../support/unique-name.ts';

const { values: options } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(randomInt(2 ** 31)) },
    /** Faults to play, separated by commas; all of them when left out. */
    faults: { type: 'string' },
    /** A rule to put aside, to see that its absence is found. */
    without: { type: 'string' },
  },
});
const roundsPerCluster = 50;
const revocationsUnderLoad = 1000;
const mostFailures = 5;
const total = { rounds: 0, changes: 0, judged: 0, violations: 0, failures: 0 };

function chosenFaults(): FaultName[] {
  const chosen = options.faults?.split(',') ?? faultNames;
  return faultNames.filter((name) => chosen.includes(name));
}

async function play(cluster: Cluster, random: SeededRandom): Promise<void> {
  const fault = random.pick(chosenFaults());
  total.rounds += 1;
  const report = await playRound(cluster, fault, random);
  total.changes += report.changes;
  total.judged += report.judged;
  if (report.violations.length > 0) {
    total.violations += report.violations.length;
    console.log(`VIOLATION in round ${total.rounds}\n${report.history.join('\n')}`);
  }
}

/** Some rounds on a cluster of its own, on a database of its own. */
async function playOnNewCluster(adminUrl: string, random: SeededRandom, end: number) {
  const name = uniqueName('keyward_torture').replace('-', '_');
  await administer(adminUrl, (sql) => sql`create database ${sql(name)}`);
  const url = databaseUrl(adminUrl, name);
  await migrateDatabase(url);
  const rules: Partial<ProtocolRules> = { listens: random.chance(0.5) };
  if (options.without !== undefined && options.without in protocolRules) {
    Object.assign(rules, { [options.without]: false });
  }
  console.log(`a new cluster: ${JSON.stringify(rules)}`);
  try {
    await using cluster = await startCluster(url, { rules });
    if (total.rounds === 0) {
      const outcomes = await revokeUnderLoad(cluster, revocationsUnderLoad);
      total.judged += outcomes.length;
      total.violations += outcomes.filter((outcome) => outcome !== 'REVOKED').length;
      console.log(`${revocationsUnderLoad} revocations under load: ${[...new Set(outcomes)]}`);
    }
    for (let round = 0; round < roundsPerCluster && performance.now() < end; round += 1) {
      await play(cluster, random);
      if (total.rounds % 10 === 0) console.log(JSON.stringify(total));
    }
  } catch (error) {
    // No stale verdict, but something that did not come back as it should.
    total.failures += 1;
    console.log(`FAILURE after ${total.rounds} rounds: ${error}`);
  } finally {
    await administer(adminUrl, (sql) => sql`drop database if exists ${sql(name)} with (force)`);
  }
}

console.log(`seed ${options.seed}`);
const end = performance.now() + Number(options.minutes) * 60_000;
const server = await startTestServer();
try {
  const random = seededRandom(Number(options.seed));
  while (performance.now() < end && total.failures < mostFailures) {
    await playOnNewCluster(server.url, random, end);
  }
} finally {
  await server.stop();
}
console.log(JSON.stringify(total));
process.exit(total.violations + total.failures > 0 || total.changes === 0 ? 1 : 0);
