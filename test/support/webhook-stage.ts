import { createKey } from '@keyward/server/keys/create-key';
import { createWebhook } from '@keyward/server/webhooks/create-webhook';
import {
  type DeliveryOptions,
  startDeliveries,
} from '@keyward/server/webhooks/delivery/start-deliveries';
import { listDeliveries } from '@keyward/server/webhooks/list-deliveries';
import { listWebhooks } from '@keyward/server/webhooks/list-webhooks';
import { servicePresets } from '@keyward/shared/service-presets';
import type { CreateWebhookInput, Delivery, Webhook } from '@keyward/shared/webhooks';
import { createTestStore, keyInput, type TestOrganization, type TestStore } from './test-store.ts';
import {
  loopback,
  type Received,
  startReceiver,
  type WebhookReceiver,
} from './webhook-receiver.ts';

/** A real receiver that an endpoint of an organization leads to. */
export interface Listener extends WebhookReceiver {
  id: string;
  secret: string;
}

export interface WebhookStage extends AsyncDisposable {
  store: TestStore;
  /** The slug of a service to make keys of. */
  service: string;
  /** Sends webhooks until it is disposed of, as a server does. */
  run(options?: Partial<DeliveryOptions>): Promise<AsyncDisposable>;
  listen(acme: TestOrganization, input?: Partial<CreateWebhookInput>): Promise<Listener>;
  /** Makes a bot key: the plainest event. */
  makeKey(acme: TestOrganization): ReturnType<typeof createKey>;
  /** The deliveries of an endpoint, newest first. */
  log(acme: TestOrganization, webhook: { id: string }): Promise<Delivery[]>;
  stateOf(acme: TestOrganization, webhook: { id: string }): Promise<Webhook | undefined>;
  /** Lets the time of every waiting attempt come. */
  hurry(): Promise<unknown>;
  /** What went wrong on the server's own side. */
  failures: unknown[];
}

export const waitFor = { timeout: 15_000, interval: 30 };

export const typesOf = ({ received }: WebhookReceiver): string[] =>
  received.map(({ body }) => JSON.parse(body).type);

export const idOf = ({ headers }: Received) => headers['webhook-id'];

/** A store, and what sends webhooks from it to receivers on this machine. */
export async function createWebhookStage(): Promise<WebhookStage> {
  const store = await createTestStore();
  const service = await store.service(servicePresets.merchant);
  const failures: unknown[] = [];
  return {
    store,
    service,
    failures,
    async run(options = {}) {
      const deliveries = await startDeliveries({
        databaseUrl: store.url,
        allowed: loopback,
        logger: { warn: () => {} },
        onError: (error) => failures.push(error),
        pollMilliseconds: 20,
        ...options,
      });
      return { [Symbol.asyncDispose]: () => deliveries.stop() };
    },
    async listen(acme, input = {}) {
      const receiver = await startReceiver();
      const wanted = { url: receiver.url, ...input };
      const { webhook, secret } = await createWebhook(acme.admin, wanted, loopback);
      return Object.assign(receiver, { id: webhook.id, secret });
    },
    makeKey: (acme) => createKey(acme.admin, keyInput({ service })),
    log: async (acme, { id }) => (await listDeliveries(acme.admin, id, { limit: 100 })).data,
    stateOf: async (acme, { id }) =>
      (await listWebhooks(acme.admin)).find((webhook) => webhook.id === id),
    hurry: async () =>
      store.sql`update pgboss.job set start_after = now()
        where state < 'active'::pgboss.job_state`,
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  };
}
