import type { Guardrails } from '@keyward/shared/guardrails';
import type { RateLimitRule } from '@keyward/shared/rate-limit';
import type { Service } from '@keyward/shared/services';
import type { ReactNode } from 'react';
import { describeRateLimit } from '../../../lib/describe-rate-limit.ts';
import { formatCount, formatDate } from '../../../lib/format-time.ts';
import { environmentLabels, kindLabels } from '../labels.ts';
import { readAllowlist } from './allowlist-lines.ts';
import { describeGrants } from './describe-grants.ts';
import classes from './draft-summary.module.css';
import type { KeyDraft } from './key-draft.ts';
import { expiryOf } from './lifetimes.ts';
import { limitOf } from './limit-of.ts';

interface DraftSummaryProps {
  draft: KeyDraft;
  service: Service;
  rules: Guardrails;
}

const mostShown = 9;

/** The draft in words, as it changes. */
export function DraftSummary({ draft, service, rules }: DraftSummaryProps) {
  const tier = service.tiers.find((one) => one.name === draft.tier);
  const grants = describeGrants(draft.permissions, service.resources);
  const more = grants.length - mostShown;
  const unused = rules.suspendAfterUnusedDays;
  return (
    <>
      <p className={classes.secret}>
        <code>
          {tier?.prefixes[draft.environment]}
          <span aria-hidden="true">••••••••</span>
        </code>
      </p>
      <dl className={classes.facts}>
        <Fact name="Key">
          {kindLabels[draft.kind]} key of {service.name}
        </Fact>
        <Fact name="Environment">
          {environmentLabels[draft.environment]}
          {service.tiers.length > 1 && `, tier ${draft.tier}`}
        </Fact>
        <Fact name="May">
          {grants.length === 0 ? (
            'Nothing yet'
          ) : (
            <ul>
              {grants.slice(0, mostShown).map((grant) => (
                <li key={grant}>{upperFirst(grant)}</li>
              ))}
              {more > 0 && <li>And {formatCount(more)} more</li>}
            </ul>
          )}
        </Fact>
        <Fact name="Limit">{describeLimit(limitOf(draft, service))}</Fact>
        <Fact name="Calls from">{describeAddresses(readAllowlist(draft.ipAllowlist).length)}</Fact>
        <Fact name="Expires">{describeExpiry(expiryOf(draft.lifetime, draft.lastDay))}</Fact>
        {unused !== null && (
          <Fact name="If unused">
            Suspended after {formatCount(unused)} {unused === 1 ? 'day' : 'days'}
          </Fact>
        )}
      </dl>
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

const upperFirst = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function describeLimit(rateLimit: RateLimitRule | null | undefined): string {
  return rateLimit === undefined ? 'Write how many calls' : describeRateLimit(rateLimit);
}

function describeAddresses(count: number): string {
  if (count === 0) {
    return 'Anywhere';
  }
  return count === 1 ? 'One address or range' : `${formatCount(count)} addresses or ranges`;
}

function describeExpiry(expiry: Date | null | undefined): string {
  if (expiry === undefined) {
    return 'Choose a day';
  }
  return expiry === null ? 'Never' : formatDate(expiry);
}
