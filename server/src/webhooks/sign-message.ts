import { createHmac, randomBytes } from 'node:crypto';

const prefix = 'whsec_';
const secretBytes = 32;

/** A new signing secret, serialized as Standard Webhooks has it. */
export function createWebhookSecret(): string {
  return prefix + randomBytes(secretBytes).toString('base64');
}

export interface Message {
  /** The same in every attempt. */
  id: string;
  body: string;
  /** Of the attempt, in seconds since the epoch. */
  timestamp: number;
}

/**
 * The headers of an attempt: HMAC-SHA256 over `id.timestamp.body`, once for each secret.
 * @see Standard Webhooks 1.0.0, "Signature scheme" and "Webhook headers"
 */
export function signMessage(
  { id, body, timestamp }: Message,
  secrets: readonly string[],
): Record<string, string> {
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(prefix.length), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  });
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signatures.join(' '),
  };
}
