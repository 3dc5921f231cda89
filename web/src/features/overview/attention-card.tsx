import { Title } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { formatCount } from '../../lib/format-time.ts';
import { useMembership } from '../../lib/membership.ts';
import { Panel } from '../../ui/panel.tsx';
import classes from './attention-card.module.css';
import type { AttentionKey, AttentionKind } from './attention-kinds.ts';

/** One reason to look at keys: how many have it, the first of them, and the way to all. */
export function AttentionCard({ kind }: { kind: AttentionKind }) {
  const { organization } = useMembership();
  const { filter, status, title, advice, count, rows } = kind;
  const wayToAll =
    count > rows.length ? `See all ${formatCount(count)}` : 'See in the list of keys';
  return (
    <Panel className={classes.root}>
      <div className={classes.heading}>
        <Title order={3}>{title}</Title>
        <span className={classes.count}>
          {formatCount(count)} <span className="visually-hidden">keys</span>
        </span>
      </div>
      <p className={classes.advice}>{advice}</p>
      <ul className={classes.rows}>
        {rows.map(({ key, evidence }) => (
          <li key={key.id}>
            <Link
              to="/o/$organizationSlug/keys/$keyId"
              params={{ organizationSlug: organization.slug, keyId: key.id }}
              className={classes.name}
              title={key.name}
            >
              {key.name}
            </Link>
            <span className={classes.owner}>{describeOwner(key)}</span>
            <span className={classes.evidence}>{evidence}</span>
          </li>
        ))}
      </ul>
      <Link
        to="/o/$organizationSlug/keys"
        params={{ organizationSlug: organization.slug }}
        search={{ attention: filter, ...(status && { status }) }}
        aria-label={`${wayToAll}: ${title}`}
        className={classes.all}
      >
        {wayToAll}
        <IconArrowRight size={16} aria-hidden="true" />
      </Link>
    </Panel>
  );
}

const describeOwner = ({ owner, last4 }: AttentionKey): string => `${owner ?? 'Bot'} · …${last4}`;
