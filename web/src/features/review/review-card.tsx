import { Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useMembership } from '../../lib/membership.ts';
import { Panel } from '../../ui/panel.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { describeReason } from './describe-reason.ts';
import { GrantedList } from './granted-list.tsx';
import classes from './review-card.module.css';
import { ReviewFacts } from './review-facts.tsx';
import type { ReviewItem } from './review-item.ts';
import { ReviewTraffic } from './review-traffic.tsx';
import { SeenAddresses } from './seen-addresses.tsx';

/** One key, and all that speaks for it or against it. */
export function ReviewCard({ item }: { item: ReviewItem }) {
  const { organization } = useMembership();
  const { key } = item;
  const heading = useFocusOnChange(key.id);
  const { tone, label, sentence } = describeReason(item);
  return (
    <Panel>
      <div className={classes.heading}>
        <div className={classes.title}>
          <Title order={2} ref={heading} tabIndex={-1} className={classes.name}>
            <span className="visually-hidden">Still needed? </span>
            {key.name}
          </Title>
          <code className={classes.secret}>
            {key.start}…{key.last4}
          </code>
        </div>
        <StatusMark tone={tone}>{label}</StatusMark>
      </div>
      <p className={classes.sentence}>
        {sentence}{' '}
        <Link
          to="/o/$organizationSlug/keys/$keyId"
          params={{ organizationSlug: organization.slug, keyId: key.id }}
          search={{ from: 'review' }}
          className={classes.link}
        >
          See the whole key
        </Link>
      </p>
      <ReviewFacts item={item} />
      <div className={classes.columns}>
        <ReviewTraffic days={item.days} />
        <GrantedList item={item} />
        <SeenAddresses item={item} />
      </div>
    </Panel>
  );
}

/** Moves the focus to the key that is shown, which screen readers then name. */
function useFocusOnChange(keyId: string) {
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef<string | null>(null);
  useEffect(() => {
    if (shown.current === keyId) {
      return;
    }
    const isFirst = shown.current === null;
    shown.current = keyId;
    if (!isFirst) {
      heading.current?.focus();
      return;
    }
    // After the page itself has taken it, and not from whoever does something else by now.
    requestAnimationFrame(() => {
      if (document.activeElement?.matches('body, main')) {
        heading.current?.focus({ preventScroll: true });
      }
    });
  }, [keyId]);
  return heading;
}
