import type { Organization } from '@keyward/shared/organizations';
import { UnstyledButton } from '@mantine/core';
import { IconBuilding, IconPlus, IconSelector } from '@tabler/icons-react';
import { Menu } from '../../ui/menu.tsx';
import classes from './organization-switcher.module.css';

interface OrganizationSwitcherProps {
  current: Organization;
  organizations: readonly Organization[];
  onSwitch: (organizationSlug: string) => void;
  onCreate: () => void;
  /** For operators alone: to the organizations that they are no member of, too. */
  onListAll?: (() => void) | undefined;
}

/** Which organization this is, and the way to the others. */
export function OrganizationSwitcher({
  current,
  organizations,
  onSwitch,
  onCreate,
  onListAll,
}: OrganizationSwitcherProps) {
  return (
    <Menu width={248}>
      <Menu.Target>
        <UnstyledButton className={classes.target}>
          <span className="visually-hidden">Organization: </span>
          <span className={classes.initial} aria-hidden="true">
            {[...current.name][0]?.toUpperCase()}
          </span>
          <span className={classes.name}>{current.name}</span>
          <IconSelector size={16} className={classes.chevron} aria-hidden="true" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Organizations</Menu.Label>
        <Menu.RadioGroup value={current.slug} onChange={onSwitch}>
          {organizations.map(({ slug, name }) => (
            <Menu.RadioItem key={slug} value={slug} closeMenuOnClick>
              {name}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        {onListAll && (
          <Menu.Item leftSection={<IconBuilding size={16} />} onClick={onListAll}>
            All organizations
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconPlus size={16} />} onClick={onCreate}>
          New organization
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
