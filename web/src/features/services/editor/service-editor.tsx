import type { ServiceProfile } from '@keyward/shared/service-profile';
import type { Service } from '@keyward/shared/services';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { Dialog } from '../../../ui/dialog.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { StatusMark } from '../../../ui/status-mark.tsx';
import { UnsavedGuard } from '../../../ui/unsaved-guard.tsx';
import { BackToServices } from '../back-to-services.tsx';
import { SaveChanges } from '../changes/save-changes.tsx';
import { CreateKeyLink } from '../create-key-link.tsx';
import { profileOf } from '../describe-profile.ts';
import { ServiceStatusPanel } from '../status/service-status-panel.tsx';
import { ExportButton } from '../transfer/export-button.tsx';
import { ImportButton } from '../transfer/import-button.tsx';
import { EditorBar } from './editor-bar.tsx';
import classes from './editor-layout.module.css';
import { PreviewPanel } from './preview-panel.tsx';
import { ProfileFields } from './profile-fields.tsx';
import { useProfileForm } from './use-profile-form.ts';

/** The profile of a service that exists. Nothing of it changes before each change was shown. */
export function ServiceEditor({ service }: { service: Service }) {
  const saved = profileOf(service);
  const { element, form, profile, changes, faults, check, take } = useProfileForm(saved);
  const [reviewed, setReviewed] = useState<ServiceProfile | null>(null);
  const isDirty = changes.length > 0;
  return (
    <>
      <BackToServices />
      <PageHeader
        title={service.name}
        description={<code>{service.slug}</code>}
        action={
          <div className={classes.buttons}>
            {service.status === 'disabled' && <StatusMark tone="warn">Disabled</StatusMark>}
            {service.status === 'active' && <CreateKeyLink service={service} size="sm" />}
            <ImportButton saved={saved} onTake={(next) => take({ ...next, slug: service.slug })} />
            <ExportButton profile={saved} />
          </div>
        }
      />
      <form
        ref={element}
        noValidate
        className={classes.layout}
        onSubmit={(event) => {
          event.preventDefault();
          void check().then(setReviewed);
        }}
      >
        <div className={classes.fields}>
          <ProfileFields form={form} isNew={false} />
          <ServiceStatusPanel service={service} />
          <EditorBar
            state={isDirty ? describeCount(changes.length) : 'Everything is saved'}
            faults={faults}
            onDiscard={isDirty ? () => take(saved) : undefined}
          >
            <Button type="submit" disabled={!isDirty}>
              Review and save
            </Button>
          </EditorBar>
        </div>
        <div className={classes.side}>
          <PreviewPanel profile={profile} />
        </div>
      </form>
      <Dialog
        title={`Save changes to ${service.name}`}
        isOpen={reviewed !== null}
        onClose={() => setReviewed(null)}
      >
        {reviewed !== null && (
          <SaveChanges
            service={service}
            profile={reviewed}
            onSaved={() => setReviewed(null)}
            onClose={() => setReviewed(null)}
          />
        )}
      </Dialog>
      <UnsavedGuard isActive={isDirty} what={`Your changes to ${service.name}`} />
    </>
  );
}

const describeCount = (count: number): string =>
  count === 1 ? 'One unsaved change' : `${count} unsaved changes`;
