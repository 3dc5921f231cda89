import type { Service } from '@keyward/shared/services';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { BackToServices } from '../back-to-services.tsx';
import { CreateKeyLink } from '../create-key-link.tsx';
import { profileOf } from '../describe-profile.ts';
import { ProfilePreview } from '../preview/profile-preview.tsx';
import { ServiceMark } from '../service-mark.tsx';
import classes from './service-view.module.css';

/** A service, for whoever uses it and does not look after it. */
export function ServiceView({ service }: { service: Service }) {
  return (
    <>
      <BackToServices />
      <PageHeader
        title={service.name}
        description={service.description}
        action={
          service.status === 'active' ? (
            <CreateKeyLink service={service} size="sm" />
          ) : (
            <ServiceMark service={service} />
          )
        }
      />
      <Panel className={classes.panel}>
        <ProfilePreview profile={profileOf(service)} />
      </Panel>
    </>
  );
}
