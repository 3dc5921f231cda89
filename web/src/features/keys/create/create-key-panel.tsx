import type { Guardrails } from '@keyward/shared/guardrails';
import type { Service } from '@keyward/shared/services';
import { Button, Title } from '@mantine/core';
import type { Failure } from '../../../lib/failure.ts';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { Panel } from '../../../ui/panel.tsx';
import classes from './create-key-panel.module.css';
import { DraftSummary } from './draft-summary.tsx';
import type { KeyDraft } from './key-draft.ts';

interface CreateKeyPanelProps {
  draft: KeyDraft;
  service: Service;
  rules: Guardrails;
  failure: Failure | null;
  isPending: boolean;
}

/** What the key will be, and the button that makes it. */
export function CreateKeyPanel({ draft, service, rules, failure, isPending }: CreateKeyPanelProps) {
  return (
    <div className={classes.root}>
      <Panel>
        <section aria-labelledby="summary">
          <Title order={2} id="summary" mb="xs">
            Summary
          </Title>
          <DraftSummary draft={draft} service={service} rules={rules} />
        </section>
        {failure !== null && (
          <div className={classes.failure}>
            <FailureNotice failure={failure} />
            {failure.code === null && (
              <p className={classes.unsure}>
                The key may have been made all the same. Look at the list before you try again, and
                revoke what you do not know the secret of.
              </p>
            )}
          </div>
        )}
        <Button type="submit" fullWidth mt="lg" loading={isPending}>
          Create key
        </Button>
        <p className={classes.note}>Its secret is shown next, this once.</p>
      </Panel>
    </div>
  );
}
