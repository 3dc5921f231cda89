import { useMembership } from '../../lib/membership.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { GeneralPanel } from './general-panel.tsx';
import { Guardrails } from './guardrails/guardrails.tsx';
import { SecondFactorPanel } from './second-factor-panel.tsx';
import classes from './settings-page.module.css';
import { StandingPanel } from './standing/standing-panel.tsx';

interface SettingsPageProps {
  /** The organization is called otherwise, or stands otherwise: whoever shows it has to ask anew. */
  onChanged: () => Promise<void>;
}

/** What is set for an organization as a whole. */
export function SettingsPage({ onChanged }: SettingsPageProps) {
  const membership = useMembership();
  const { organization, user, role } = membership;
  if (role === 'member' && !user.isOperator) {
    return (
      <PageHeader
        title="Settings"
        description={`Owners and admins of ${organization.name} look after its settings. Ask one of them.`}
      />
    );
  }
  return (
    <>
      <PageHeader
        title="Settings"
        description={`What holds for ${organization.name} as a whole.`}
      />
      <div className={classes.column}>
        <GeneralPanel onChanged={onChanged} />
        {role !== null && <SecondFactorPanel />}
        <Guardrails />
        {user.isOperator && <StandingPanel onChanged={onChanged} />}
      </div>
    </>
  );
}
