import type { Permission } from '@keyward/shared/permissions';
import type { ProfileForm } from './profile-form.ts';

/** Changes the default permissions of a draft, so that none speaks of what is not there any more. */
function changeDefaults(
  form: ProfileForm,
  change: (resource: string, action: string) => Permission | null,
): void {
  form.setFieldValue('defaults.permissions', (permissions: Permission[]) =>
    permissions.flatMap((permission) => {
      const [resource = '', action = ''] = permission.split(':');
      return change(resource, action) ?? [];
    }),
  );
}

export const renameResource = (form: ProfileForm, before: string, after: string): void =>
  changeDefaults(form, (resource, action) => `${resource === before ? after : resource}:${action}`);

export const dropResource = (form: ProfileForm, name: string): void =>
  changeDefaults(form, (resource, action) => (resource === name ? null : `${resource}:${action}`));

export const renameAction = (
  form: ProfileForm,
  within: string,
  before: string,
  after: string,
): void =>
  changeDefaults(form, (resource, action) =>
    resource === within && action === before ? `${resource}:${after}` : `${resource}:${action}`,
  );

export const dropAction = (form: ProfileForm, within: string, name: string): void =>
  changeDefaults(form, (resource, action) =>
    resource === within && action === name ? null : `${resource}:${action}`,
  );
