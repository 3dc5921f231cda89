import type { Renewal } from './lease-connection.ts';
import { driftMilliseconds } from './settle-authority.ts';

type SeenNode = Renewal['nodes'][number];

/**
 * Returns a function that is told the nodes each time they are seen, and says which of them can hold no
 * lease any more: those whose count of renewals has stood still for longer than their lease and a margin,
 * by this process's own clock. The database's clock may be set, and would make a living node look dead.
 */
export function watchNodes(): (nodes: readonly SeenNode[], seenAt: number) => SeenNode[] {
  let known = new Map<string, SeenNode & { since: number }>();
  return (nodes, seenAt) => {
    const before = known;
    known = new Map(
      nodes.map((node) => {
        const last = before.get(node.id);
        const since = last?.renewals === node.renewals ? last.since : seenAt;
        return [node.id, { ...node, since }];
      }),
    );
    return [...known.values()].filter(
      ({ since, leaseSeconds }) => seenAt - since > leaseSeconds * 1000 + driftMilliseconds,
    );
  };
}
