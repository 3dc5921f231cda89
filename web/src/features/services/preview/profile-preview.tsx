import { exampleSecret } from '@keyward/shared/example-secret';
import { secretChecksumLength, secretRandomLength } from '@keyward/shared/secret-format';
import type { ServiceProfile } from '@keyward/shared/service-profile';
import { useState } from 'react';
import { describeKinds } from '../../../lib/describe-kinds.ts';
import { ChoiceGroup } from '../../../ui/choice-group.tsx';
import { CopyBlock } from '../../../ui/copy-block.tsx';
import { describeCall, describeHeader } from '../describe-header.ts';
import { describeLifetime } from '../describe-profile.ts';
import { KeyAnatomy } from './key-anatomy.tsx';
import { PermissionPreview } from './permission-preview.tsx';
import { PreviewPart } from './preview-part.tsx';
import classes from './profile-preview.module.css';
import { TierPreview } from './tier-preview.tsx';

/** What a profile makes: a key, the call that carries it, and what members choose from. */
export function ProfilePreview({ profile }: { profile: ServiceProfile }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const { tiers, defaults } = profile;
  const tier =
    tiers.find(({ name }) => name === chosen) ??
    tiers.find(({ name }) => name === defaults.tier) ??
    tiers[0];
  const { live, test } = tier?.prefixes ?? {};
  const { prefix, random, checksum } = exampleSecret(live ?? test ?? '');
  const secret = `${prefix}${random}${checksum}`;
  return (
    <div className={classes.root}>
      <PreviewPart title="A key">
        {tiers.length > 1 && (
          <ChoiceGroup
            legend="Tier"
            isCompact
            value={tier?.name ?? ''}
            onChange={setChosen}
            choices={tiers.map(({ name }) => ({ value: name, label: name === '' ? '…' : name }))}
          />
        )}
        <div className={classes.example}>
          <span className={classes.mark}>Example, opens nothing</span>
          <KeyAnatomy label="Live key" prefix={live} />
          <KeyAnatomy label="Test key" prefix={test} />
        </div>
        <p className={classes.note}>
          Prefix, {secretRandomLength} random characters, {secretChecksumLength} of checksum. Secret
          scanners can tell a real key from noise by it; this one’s checksum is wrong.
        </p>
      </PreviewPart>
      <PreviewPart title="A call">
        <code className={classes.header}>{describeHeader(profile)}</code>
        <CopyBlock
          name="example call"
          text={describeCall(profile, secret, window.location.origin)}
        />
      </PreviewPart>
      <PreviewPart title={tiers.length === 1 ? 'The tier' : 'The tiers'}>
        <TierPreview profile={profile} />
      </PreviewPart>
      <PreviewPart title="What members see">
        <p className={classes.line}>{describeKinds(profile)}.</p>
        <p className={classes.line}>
          {defaults.expiresInSeconds === null
            ? 'A new key is suggested to end after 90 days; it may be made without an end.'
            : `A new key ends after ${describeLifetime(defaults.expiresInSeconds)}, unless its maker says otherwise.`}
        </p>
        <PermissionPreview profile={profile} />
      </PreviewPart>
    </div>
  );
}
