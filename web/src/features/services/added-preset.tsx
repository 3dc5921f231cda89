import type { ServiceProfile } from '@keyward/shared/service-profile';
import { Title } from '@mantine/core';
import { Panel } from '../../ui/panel.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import classes from './profile-card.module.css';

/** A preset that stands in the catalog already, where its facts can be read. */
export function AddedPreset({ profile }: { profile: ServiceProfile }) {
  return (
    <Panel>
      <div className={classes.heading}>
        <Title order={3} className={classes.name}>
          {profile.name}
        </Title>
        <StatusMark tone="good">In the catalog</StatusMark>
      </div>
    </Panel>
  );
}
