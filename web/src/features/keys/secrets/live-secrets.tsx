import { Title } from '@mantine/core';
import { describeDuration } from '../../../lib/describe-duration.ts';
import { formatMoment } from '../../../lib/format-time.ts';
import { Panel } from '../../../ui/panel.tsx';
import { StatusMark } from '../../../ui/status-mark.tsx';
import { Fact } from '../fact.tsx';
import { MaskedSecret } from '../masked-secret.tsx';
import { describeMaker } from './describe-maker.ts';
import classes from './live-secrets.module.css';
import type { KeyRotation, SecretEvidence } from './rotation.ts';
import { Ago } from './step-evidence.tsx';

interface LiveSecretsProps {
  rotation: KeyRotation;
  isRevoked: boolean;
}

/** The secrets that are good now, or were when their key was revoked. */
export function LiveSecrets({ rotation: { secrets, now }, isRevoked }: LiveSecretsProps) {
  const live = secrets.length > 1 ? 'Live secrets' : 'Live secret';
  return (
    <section aria-labelledby="live-secrets">
      <Title order={2} id="live-secrets" mb="sm">
        {isRevoked ? 'Last secret' : live}
      </Title>
      <Panel>
        <ul className={classes.list}>
          {secrets.map((secret, index) => (
            <li key={secret.last4} className={classes.secret}>
              <span className={classes.name}>
                <MaskedSecret apiKey={secret} />
                {secrets.length > 1 && (
                  <StatusMark tone={index === 0 ? 'quiet' : 'good'}>
                    {index === 0 ? 'Old' : 'New'}
                  </StatusMark>
                )}
              </span>
              <dl className={classes.facts}>
                <Fact name="Made">
                  {formatMoment(secret.createdAt)}
                  {secret.createdBy !== null && (
                    <span className={classes.note}>by {describeMaker(secret.createdBy)}</span>
                  )}
                </Fact>
                <Fact name="Last used">
                  {secret.lastUsedAt === null ? (
                    'Never'
                  ) : (
                    <Ago time={secret.lastUsedAt} now={now} />
                  )}
                  {secret.lastUsedIp !== null && (
                    <span className={classes.note}>{secret.lastUsedIp}</span>
                  )}
                </Fact>
                <Fact name="Retires">{isRevoked ? 'Revoked' : describeRetirement(secret)}</Fact>
              </dl>
            </li>
          ))}
        </ul>
      </Panel>
    </section>
  );
}

function describeRetirement({ retiresAt, retireWhenQuietSeconds }: SecretEvidence): string {
  if (retiresAt !== null) {
    return formatMoment(retiresAt);
  }
  return retireWhenQuietSeconds === null
    ? 'With the next rotation'
    : `When quiet for ${describeDuration(retireWhenQuietSeconds)}`;
}
