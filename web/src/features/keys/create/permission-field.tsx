import { builtInResources, type Permission } from '@keyward/shared/built-in-permissions';
import type { Service } from '@keyward/shared/services';
import { isAdmin, useMembership } from '../../../lib/membership.ts';
import { Disclosure } from '../../../ui/disclosure.tsx';
import type { DraftForm } from './draft-form.ts';
import { refusalOfGrant } from './grant-rules.ts';
import classes from './permission-field.module.css';
import { PermissionMatrix } from './permission-matrix.tsx';
import { PermissionPresets } from './permission-presets.tsx';
import { holdsSome, inOrder } from './permission-set.ts';

const builtInNote =
  'These manage the organization itself, by API. On a user key they count only while its owner is an owner or admin; all but usage:read.';

const memberNote = (organization: string) =>
  `These manage the organization itself, by API. Only an owner or admin of ${organization} may grant them; all but usage:read.`;

/** What the key may do: resource by resource, action by action. */
export function PermissionField({ form, service }: { form: DraftForm; service: Service }) {
  const membership = useMembership();
  const { permissions } = form.values;
  const matrix = {
    granted: permissions,
    onChange: (granted: Permission[]) =>
      form.setFieldValue(
        'permissions',
        inOrder(granted, [...service.resources, ...builtInResources]),
      ),
    refusalOf: (permission: Permission) => refusalOfGrant(membership, permission),
  };
  const hasOwn = service.resources.length > 0;
  return (
    <fieldset className={classes.root} data-invalid={Boolean(form.errors.permissions) || undefined}>
      <legend className={classes.legend}>Permissions</legend>
      <PermissionPresets {...matrix} service={service} />
      {hasOwn && (
        <PermissionMatrix {...matrix} caption={service.name} resources={service.resources} />
      )}
      <Disclosure
        title="Keyward’s own resources"
        description="Keys, webhooks, members, audit log, usage"
        isInitiallyOpen={!hasOwn}
        isForcedOpen={builtInResources.some((resource) => holdsSome(permissions, resource))}
      >
        <p className={classes.note}>
          {isAdmin(membership) ? builtInNote : memberNote(membership.organization.name)}
        </p>
        <PermissionMatrix
          {...matrix}
          caption="Keyward’s own resources"
          resources={builtInResources}
        />
      </Disclosure>
      {form.errors.permissions && <p className={classes.error}>{form.errors.permissions}</p>}
    </fieldset>
  );
}
