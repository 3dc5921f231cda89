import type { Cluster } from './cluster.ts';
import type { ClusterMember } from './cluster-member.ts';
import type { SeededRandom } from './seeded-random.ts';

/** What goes wrong in a round, from `strike` to `heal`. */
export interface Fault {
  name: string;
  /** The node that it befalls; null where it befalls all alike, or none. */
  target: ClusterMember | null;
  /** How long it lasts. */
  holdMilliseconds: number;
  strike(): Promise<void> | void;
  heal(): Promise<void> | void;
}

type MakeFault = (cluster: Cluster, target: ClusterMember, random: SeededRandom) => Fault;

/** Every fault, by its name. Times are measured in leases, since those are what they race with. */
export const faults = {
  none: () => ({
    name: 'none',
    target: null,
    holdMilliseconds: 300,
    strike: () => {},
    heal: () => {},
  }),
  cut: (cluster, target, random) => ({
    ...onNetwork('cut', [target], () => target.proxy.set('cut')),
    target,
    holdMilliseconds: leases(cluster, random, 0.2, 1.8),
  }),
  'black hole': (cluster, target, random) => ({
    ...onNetwork('black hole', [target], () => target.proxy.set('black-hole')),
    target,
    holdMilliseconds: leases(cluster, random, 0.2, 1.8),
    heal() {
      // What was held comes through late; or it is lost with its connection.
      if (random.chance(0.5)) target.proxy.set('cut');
      target.proxy.set('pass');
    },
  }),
  'database gone': (cluster, _, random) => ({
    ...onNetwork('database gone', cluster.nodes, () => {
      const mode = random.pick(['cut', 'black-hole'] as const);
      for (const { proxy } of cluster.nodes) proxy.set(mode);
    }),
    holdMilliseconds: leases(cluster, random, 0.1, 1.3),
  }),
  'everything late': (cluster, _, random) => {
    const late = random.integer(10, 150);
    return {
      ...onNetwork(`everything ${late} ms late`, cluster.nodes, () => {
        for (const { proxy } of cluster.nodes) proxy.set('delay', late);
      }),
      holdMilliseconds: leases(cluster, random, 0.3, 1),
    };
  },
  jitter: (cluster, _, random) => {
    const most = random.integer(50, 500);
    return {
      ...onNetwork(`jitter to ${most} ms`, cluster.nodes, () => {
        const pick = () => ({
          request: random.integer(0, most / 2),
          response: random.integer(0, most),
        });
        for (const { proxy } of cluster.nodes) proxy.delay(pick);
      }),
      holdMilliseconds: leases(cluster, random, 0.5, 1.2),
    };
  },
  'slow fills': (cluster, _, random) => {
    const late = random.integer(100, 700);
    return {
      ...onNetwork(`fills ${late} ms late`, cluster.nodes, () => {
        for (const { proxy } of cluster.nodes) {
          proxy.delay((name) => ({
            request: 0,
            response: name === 'keyward' && random.chance(0.6) ? late : 0,
          }));
        }
      }),
      holdMilliseconds: leases(cluster, random, 0.6, 1),
    };
  },
  'slow leases': (cluster, _, random) => {
    const late = leases(cluster, random, 0.4, 0.9);
    return {
      ...onNetwork(`leases ${late} ms late`, cluster.nodes, () => {
        for (const { proxy } of cluster.nodes) {
          proxy.delay((name) => ({ request: 0, response: name === 'keyward lease' ? late : 0 }));
        }
      }),
      holdMilliseconds: leases(cluster, random, 1, 1.6),
    };
  },
  pause: (cluster, target, random) => ({
    name: 'pause',
    target,
    holdMilliseconds: leases(cluster, random, 0.2, 1.9),
    strike: () => target.pause(),
    heal: () => target.resume(),
  }),
  crash: (cluster, target, random) => ({
    name: 'crash',
    target,
    holdMilliseconds: leases(cluster, random, 0, 0.5),
    strike: () => target.kill(),
    heal: () => target.restart(),
  }),
} satisfies Record<string, MakeFault>;

export type FaultName = keyof typeof faults;
export const faultNames = Object.keys(faults) as FaultName[];

function leases(cluster: Cluster, random: SeededRandom, from: number, to: number): number {
  const { leaseMilliseconds } = cluster;
  return random.integer(from * leaseMilliseconds, to * leaseMilliseconds);
}

function onNetwork(name: string, nodes: readonly ClusterMember[], strike: () => void) {
  return {
    name,
    target: null,
    strike,
    heal() {
      for (const { proxy } of nodes) proxy.set('pass');
    },
  };
}
