import type { ServiceProfile } from '@keyward/shared/service-profile';
import { Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Panel } from '../../ui/panel.tsx';
import classes from './profile-card.module.css';
import { ProfileFacts } from './profile-facts.tsx';

interface ProfileCardProps {
  profile: ServiceProfile;
  mark?: ReactNode;
  action?: ReactNode;
}

/** A service, or what could become one, with all that its profile decides. */
export function ProfileCard({ profile, mark, action }: ProfileCardProps) {
  return (
    <Panel className={classes.card}>
      <div className={classes.heading}>
        <Title order={3} className={classes.name}>
          {profile.name}
        </Title>
        {mark}
      </div>
      <p className={classes.description}>{profile.description}</p>
      <ProfileFacts profile={profile} />
      {action && <div className={classes.action}>{action}</div>}
    </Panel>
  );
}
