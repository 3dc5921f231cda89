// A placeholder so that the rest compiles: the limiter with shares replaces it whole.
import type { RateLimitRule } from '@keyward/shared/rate-limit';
import type { Database } from '../../database/connect-database.ts';
import { withinDeadline } from '../../database/within-deadline.ts';
import {
  consumeRateLimit,
  type LimitDecision,
  type LimitState,
  readRateLimit,
} from './consume-rate-limit.ts';

export interface Limiter {
  consume(keyId: string, rule: RateLimitRule, cost: number): Promise<LimitDecision>;
  read(keyId: string, rule: RateLimitRule): Promise<LimitState>;
  stop(): Promise<void>;
}

export function createLimiter(database: Database, _now: () => number): Limiter {
  return {
    consume: (keyId, rule, cost) => withinDeadline(consumeRateLimit(database, keyId, rule, cost)),
    read: (keyId, rule) => withinDeadline(readRateLimit(database, keyId, rule)),
    stop: async () => {},
  };
}
