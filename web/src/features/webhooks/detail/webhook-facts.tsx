import type { Webhook } from '@keyward/shared/webhooks';
import { formatMoment } from '../../../lib/format-time.ts';
import { CalendarDate } from '../../../ui/calendar-date.tsx';
import { Disclosure } from '../../../ui/disclosure.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { VerifySnippets } from '../secret/verify-snippets.tsx';
import classes from './webhook-page.module.css';

/** What a webhook is told of, and since when. */
export function WebhookFacts({ webhook }: { webhook: Webhook }) {
  const { url, events, kinds, services, previousSecretUntil, createdAt } = webhook;
  const filters = [...kinds.map((kind) => `${kind} keys`), ...services];
  return (
    <Panel>
      <dl className={classes.facts}>
        <dt>Events</dt>
        <dd>{events.length === 0 ? 'All, those of later versions too' : <Tokens of={events} />}</dd>
        <dt>Of keys</dt>
        <dd>{filters.length === 0 ? 'All' : <Tokens of={filters} />}</dd>
        <dt>Secret</dt>
        <dd>
          {previousSecretUntil === null
            ? 'Shown once, when it was made. Rotate it if it was not stored, or leaked.'
            : `Rotated: messages verify by the one before it too, until ${formatMoment(previousSecretUntil)}`}
        </dd>
        <dt>Added</dt>
        <dd>
          <CalendarDate time={createdAt} />
        </dd>
      </dl>
      <div className={classes.verify}>
        <Disclosure title="How a receiver verifies messages">
          <VerifySnippets url={url} />
        </Disclosure>
      </div>
    </Panel>
  );
}

function Tokens({ of }: { of: readonly string[] }) {
  return (
    <ul className={classes.tokens}>
      {of.map((one) => (
        <li key={one}>
          <code>{one}</code>
        </li>
      ))}
    </ul>
  );
}
