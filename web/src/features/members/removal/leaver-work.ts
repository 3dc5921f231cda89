import { formatCount } from '../../../lib/format-time.ts';
import type { Tone } from '../../../ui/status-mark.tsx';
import type { LeaverKey } from '../member.ts';

/** Where the hand-over of a leaver's key stands. */
export type WorkState = 'over' | 'unused' | 'quiet' | 'in-use' | 'handed-over' | 'taken-over';

export function workStateOf({ key, callsIn30Days, successor }: LeaverKey): WorkState {
  if (key.status !== 'active') {
    return 'over';
  }
  if (successor !== null) {
    return successor.usage.lastUsedAt === null ? 'handed-over' : 'taken-over';
  }
  if (callsIn30Days > 0) {
    return 'in-use';
  }
  return key.usage.lastUsedAt === null ? 'unused' : 'quiet';
}

export const workWords: Readonly<Record<WorkState, { label: string; tone: Tone }>> = {
  over: { label: 'Refused already', tone: 'quiet' },
  unused: { label: 'Never used', tone: 'quiet' },
  quiet: { label: 'Quiet', tone: 'quiet' },
  'in-use': { label: 'In use', tone: 'warn' },
  'handed-over': { label: 'Waiting for the bot key', tone: 'warn' },
  'taken-over': { label: 'Bot key in use', tone: 'good' },
};

/** What happens to whoever calls with this key, once its owner is removed. */
export function describeBreakage(leaver: LeaverKey): string {
  const { key, callsIn30Days } = leaver;
  if (key.status !== 'active') {
    return `It is ${key.status}, so nothing gets through with it now. Nothing breaks.`;
  }
  if (key.usage.lastUsedAt === null && callsIn30Days === 0) {
    return 'Nobody ever called with it. Nothing breaks.';
  }
  if (callsIn30Days === 0) {
    return 'No call in 30 days. Most likely nothing breaks.';
  }
  const calls = `${formatCount(callsIn30Days)} ${callsIn30Days === 1 ? 'call' : 'calls'}`;
  return `${calls} to ${key.service} got through in 30 days. Whatever makes them is refused from the removal on.`;
}

/** Whether the old key was called after its successor: then something has not switched yet. */
export function isStillCalled({ key, successor }: LeaverKey): boolean {
  const [old, fresh] = [key.usage.lastUsedAt, successor?.usage.lastUsedAt ?? null];
  return old !== null && fresh !== null && new Date(old) > new Date(fresh);
}
