import { covers } from '@keyward/shared/built-in-permissions';
import { Title } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { describeOutcome } from '../../../lib/describe-outcome.ts';
import { Panel } from '../../../ui/panel.tsx';
import { useKey } from '../key-context.ts';
import { GateList } from './gate-list.tsx';
import { OtherKey } from './other-key.tsx';
import { remedyOf } from './remedies.ts';
import { RemedyLink } from './remedy-link.tsx';
import type { Explained } from './use-explain-key.ts';
import classes from './verdict.module.css';

/** What the call would be answered, every gate on the way, and what mends a refusal. */
export default function Verdict({ explained }: { explained: Explained }) {
  const key = useKey();
  const heading = useRef<HTMLHeadingElement>(null);
  const { outcome, keyId, gates, question } = explained;
  // Each answer is a new object: the reader is led to it, the second time too.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => heading.current?.focus(), [explained]);
  const isValid = outcome === 'VALID';
  const { permission } = question;
  const isGranted = keyId === key.id && permission !== null && covers(key.permissions, permission);
  const remedy = remedyOf(outcome, question, isGranted);
  return (
    <Panel className={classes.root}>
      <div className={classes.banner} data-valid={isValid || undefined}>
        <Title order={3} ref={heading} tabIndex={-1} className={classes.title}>
          {isValid ? 'Accepted' : `Refused: ${describeOutcome[outcome].label.toLowerCase()}`}
        </Title>
        <code>{outcome}</code>
      </div>
      {keyId !== null && keyId !== key.id && <OtherKey keyId={keyId} />}
      {remedy !== null && (
        <div className={classes.remedy}>
          <p>{remedy.text}</p>
          {remedy.link !== null && (
            <RemedyLink
              link={remedy.link}
              keyId={keyId ?? key.id}
              service={question.service ?? key.service}
            />
          )}
        </div>
      )}
      <GateList gates={gates} />
      <p className={classes.note}>
        Nothing was counted: no call, no use of a permission, nothing of the rate limit.
      </p>
    </Panel>
  );
}
