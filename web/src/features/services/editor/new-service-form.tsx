import type { ServiceProfile } from '@keyward/shared/service-profile';
import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { describeReceipt } from '../../../lib/describe-receipt.ts';
import { type Failure, toFailure } from '../../../lib/failure.ts';
import { useMembership } from '../../../lib/membership.ts';
import { trpc } from '../../../lib/trpc.ts';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { notify } from '../../../ui/notify.ts';
import { PageHeader } from '../../../ui/page-header.tsx';
import { UnsavedGuard } from '../../../ui/unsaved-guard.tsx';
import { ImportButton } from '../transfer/import-button.tsx';
import { EditorBar } from './editor-bar.tsx';
import classes from './editor-layout.module.css';
import { PreviewPanel } from './preview-panel.tsx';
import { blankProfile } from './profile-draft.ts';
import { ProfileFields } from './profile-fields.tsx';
import { StartFrom } from './start-from.tsx';
import { useProfileForm } from './use-profile-form.ts';

/** A profile from nothing, from a preset or from a file. */
export function NewServiceForm({ taken }: { taken: readonly string[] }) {
  const { organization } = useMembership();
  const navigate = useNavigate();
  const utils = trpc.useUtils();
  const [start, setStart] = useState(blankProfile);
  const { element, form, profile, changes, faults, showIssues, check, take } =
    useProfileForm(start);
  const put = trpc.services.put.useMutation({
    onSuccess: async ({ service, receipt }) => {
      void utils.services.list.invalidate();
      void notify({ title: `${service.name} created`, message: `${describeReceipt(receipt)}.` });
      await navigate({
        to: '/o/$organizationSlug/services/$serviceSlug',
        params: { organizationSlug: organization.slug, serviceSlug: service.slug },
        ignoreBlocker: true,
      });
    },
    onError: (error) => showIssues(issuesOf(toFailure(error))),
  });
  const free = (next: ServiceProfile) => ({ ...next, slug: freeSlug(next.slug, taken) });
  const begin = (next: ServiceProfile) => {
    setStart(free(next));
    take(free(next));
  };
  const create = async () => {
    const checked = await check();
    if (checked !== null) {
      put.mutate({ slug: checked.slug, service: checked, expectedUpdatedAt: null });
    }
  };
  return (
    <>
      <PageHeader
        title="New service"
        description="An API that keys open. Say how its keys look and what they can be granted; every organization on this Keyward can then hold keys of it."
        action={<ImportButton saved={null} onTake={(next) => take(free(next))} />}
      />
      <form
        ref={element}
        noValidate
        className={classes.layout}
        onSubmit={(event) => {
          event.preventDefault();
          void create();
        }}
      >
        <div className={classes.fields}>
          <StartFrom isDirty={changes.length > 0} onStart={begin} />
          <ProfileFields form={form} isNew />
          {put.isError && <FailureNotice failure={toFailure(put.error)} />}
          <EditorBar state="Nothing is saved yet" faults={faults}>
            <Button type="submit" loading={put.isPending}>
              Create service
            </Button>
          </EditorBar>
        </div>
        <div className={classes.side}>
          <PreviewPanel profile={profile} />
        </div>
      </form>
      <UnsavedGuard isActive={changes.length > 0 && !put.isSuccess} what="The new service" />
    </>
  );
}

/** What the server found, by the field that it concerns. */
function issuesOf({ code, detail, issues }: Failure) {
  return code === 'conflict'
    ? [{ path: 'slug', message: detail }]
    : issues.map(({ path, message }) => ({ path: path.replace(/^service\./, ''), message }));
}

function freeSlug(slug: string, taken: readonly string[]): string {
  let found = slug;
  for (let number = 2; taken.includes(found); number += 1) {
    found = `${slug}-${number}`;
  }
  return found;
}
