import { Link } from '@tanstack/react-router';
import { useMembership } from '../../lib/membership.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { deliveryWords } from './describe-delivery.ts';
import { summarizeEvents } from './event-groups.ts';
import type { Standing } from './standing.ts';
import { WebhookHealth } from './webhook-health.tsx';
import classes from './webhook-list.module.css';

/** Every webhook: where it leads, what it is told, what came last, how it fares. */
export function WebhookList({ standings }: { standings: readonly Standing[] }) {
  return (
    <div className={classes.frame}>
      <table className={classes.table}>
        <caption className="visually-hidden">Webhooks, newest first</caption>
        <thead>
          <tr>
            <th scope="col">Address</th>
            <th scope="col">Events</th>
            <th scope="col">Last message</th>
            <th scope="col">Health</th>
          </tr>
        </thead>
        <tbody>
          {standings.map((standing) => (
            <WebhookRow key={standing.webhook.id} standing={standing} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function WebhookRow({ standing }: { standing: Standing }) {
  const { organization } = useMembership();
  const { webhook, lastDelivery } = standing;
  const filters = [...webhook.kinds.map((kind) => `${kind} keys`), ...webhook.services];
  return (
    <tr>
      <th scope="row">
        <Link
          to="/o/$organizationSlug/webhooks/$webhookId"
          params={{ organizationSlug: organization.slug, webhookId: webhook.id }}
          className={classes.link}
        >
          {webhook.url}
        </Link>
        {webhook.description !== null && (
          <span className={classes.note}>{webhook.description}</span>
        )}
      </th>
      <td data-label="Events">
        <span title={webhook.events.join(', ') || undefined}>
          {summarizeEvents(webhook.events)}
        </span>
        {filters.length > 0 && <span className={classes.note}>of {filters.join(', ')}</span>}
      </td>
      <td data-label="Last message">
        {lastDelivery === null ? (
          <span className={classes.none}>None yet</span>
        ) : (
          <>
            <RelativeTime time={lastDelivery.createdAt} />
            <span className={classes.note}>
              {lastDelivery.type}, {deliveryWords[lastDelivery.status].label.toLowerCase()}
            </span>
          </>
        )}
      </td>
      <td data-label="Health">
        <WebhookHealth standing={standing} />
      </td>
    </tr>
  );
}
