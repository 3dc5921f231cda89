import type { Gate } from '@keyward/shared/verification';
import { formatExactTime } from '../../../lib/format-time.ts';

/** Each gate as a question that is answered with yes, in the order in which they are judged. */
export const gateLabels: Readonly<Record<Gate['gate'], string>> = {
  existence: 'The key is known',
  revocation: 'It is not revoked',
  rotation: 'Its secret is still good',
  expiry: 'It has not expired',
  suspension: 'It is not suspended',
  organization: 'Its organization is active',
  serviceStatus: 'Its service is active',
  service: 'It opens this service',
  ip: 'It may come from this address',
  permission: 'It holds the permission',
  rateLimit: 'It is within its rate limit',
};

// Object.keys forgets what it was given: these are the record's own names, in its order.
export const gateOrder = Object.keys(gateLabels) as Gate['gate'][];

/** One gate as it is shown. Those after the first that failed were not reached by the call. */
export interface ShownGate {
  gate: Gate['gate'];
  standing: 'passed' | 'failed' | 'not reached';
  /** Whether a gate that was not reached would refuse the call too. */
  wouldFail: boolean;
  detail: string | null;
}

export function toShownGates(gates: readonly Gate[]): ShownGate[] {
  const failed = gates.findIndex(({ passed }) => !passed);
  return gateOrder.map((name) => {
    const index = gates.findIndex(({ gate }) => gate === name);
    const gate = gates[index];
    const isReached = gate !== undefined && (failed === -1 || index <= failed);
    return {
      gate: name,
      standing: isReached ? (gate.passed ? 'passed' : 'failed') : 'not reached',
      wouldFail: !isReached && gate !== undefined && !gate.passed,
      detail: gate === undefined ? null : inReadersZone(gate.detail),
    };
  });
}

// Gates tell times in UTC, as the contract has them.
function inReadersZone(detail: string): string {
  return detail.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, formatExactTime);
}
