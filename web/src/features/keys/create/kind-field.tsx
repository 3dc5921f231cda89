import type { KeyKind } from '@keyward/shared/service-profile';
import type { Service } from '@keyward/shared/services';
import { useMembership } from '../../../lib/membership.ts';
import { ChoiceGroup } from '../../../ui/choice-group.tsx';
import type { DraftForm } from './draft-form.ts';
import { refusalOfKind } from './grant-rules.ts';

/** Whether the key belongs to the person or to the organization. */
export function KindField({ form, service }: { form: DraftForm; service: Service }) {
  const membership = useMembership();
  const most = service.userKeysPerMember;
  const choice = (value: KeyKind, label: string, description: string) => ({
    value,
    label,
    description,
    refusal: refusalOfKind(membership, service, value),
  });
  return (
    <ChoiceGroup
      legend="Kind"
      value={form.values.kind}
      onChange={(kind) => form.setFieldValue('kind', kind)}
      error={form.errors.kind}
      choices={[
        choice(
          'bot',
          'Bot key',
          `Belongs to ${membership.organization.name}, and outlives the people who work there.`,
        ),
        choice(
          'user',
          'User key',
          `Acts under your name, and ends with your membership.${
            most === null ? '' : ` You may hold ${most === 1 ? 'one' : most} of this service.`
          }`,
        ),
      ]}
    />
  );
}
