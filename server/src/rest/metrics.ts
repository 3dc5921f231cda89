import cluster from 'node:cluster';
import { AggregatorRegistry, Counter, Gauge, Registry } from 'prom-client';
import type { Instance } from '../instance.ts';

/** What a worker asks the process that started it, which alone can ask them all. */
export const metricsRequest = 'metrics';
/** How that answers: the figures of all workers, summed; null where not every worker told its own. */
export interface MetricsAnswer {
  metrics: string | null;
}

/**
 * Returns a function that writes what this machine has done and holds, in Prometheus' text format; null
 * where a part of it is not to be had.
 */
export function createMetrics(instance: Instance): () => Promise<string | null> {
  const registry = new Registry();
  registerCounters(registry, instance);
  registerGauges(registry, instance);
  if (cluster.isWorker) {
    AggregatorRegistry.setRegistries(registry);
    new AggregatorRegistry();
    return askForAll;
  }
  return () => registry.metrics();
}

// Read when they are asked for: a verification pays for nothing but an increment.
function registerCounters(registry: Registry, { facts, usage }: Instance): void {
  const registers = [registry];
  new Counter({
    name: 'keyward_verifications_total',
    help: 'Verifications by outcome, those of calling keys included.',
    labelNames: ['outcome'],
    registers,
    collect() {
      this.reset();
      for (const [outcome, count] of Object.entries(usage.tally())) this.inc({ outcome }, count);
    },
  });
  new Counter({
    name: 'keyward_facts_asked_total',
    help: 'Questions for the facts of a key, by where the answer came from.',
    labelNames: ['from'],
    registers,
    collect() {
      const { asked, known } = facts.counts();
      this.reset();
      this.inc({ from: 'memory' }, known);
      this.inc({ from: 'database' }, asked - known);
    },
  });
}

function registerGauges(registry: Registry, { authority, facts }: Instance): void {
  const gauge = (name: string, help: string, read: () => number, aggregator: 'sum' | 'min') =>
    new Gauge({
      name,
      help,
      aggregator,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  gauge('keyward_cached_keys', 'Keys whose facts are in memory.', () => facts.entries(), 'sum');
  gauge('keyward_cached_bytes', 'What they take, as estimated.', () => facts.bytes(), 'sum');
  gauge(
    'keyward_leases',
    'Nodes of this machine that hold a lease.',
    () => Number(authority.holdsLease()),
    'sum',
  );
  gauge(
    'keyward_authority_revision',
    'The newest revision that every node of this machine has applied.',
    () => authority.revision(),
    'min',
  );
}

function askForAll(): Promise<string | null> {
  return new Promise((resolve) => {
    const hear = (message: unknown) => {
      if (typeof message === 'object' && message !== null && 'metrics' in message) {
        process.off('message', hear);
        resolve(message.metrics === null ? null : String(message.metrics));
      }
    };
    process.on('message', hear);
    process.send?.(metricsRequest);
  });
}
