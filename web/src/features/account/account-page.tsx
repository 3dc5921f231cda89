import type { CurrentUser } from '../../lib/membership.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import classes from './account-page.module.css';
import { DemandNotice } from './security/demand-notice.tsx';
import { PasskeysSection } from './security/passkeys-section.tsx';
import { PasswordSection } from './security/password-section.tsx';
import { ProviderSection } from './security/provider-section.tsx';
import { RecoverySection } from './security/recovery-section.tsx';
import { SecondFactorSection } from './security/second-factor-section.tsx';
import { SessionsSection } from './security/sessions-section.tsx';

interface AccountPageProps {
  user: CurrentUser;
  /** The organization that sent its reader here for a second factor; null for none. */
  demandedBy: { name: string } | null;
  hasSecondFactor: boolean;
  takesPasskeys: boolean;
  /** Of single sign-on; null for none. */
  provider: { name: string } | null;
  /** Why the last way to the provider did not go through; null where it did. */
  refusal: string | null;
  onSecurityChanged: () => void;
  onContinue: () => void;
  onSignedOut: () => void;
}

/** What keeps the account one's own: its password, its second factor, its sessions. */
export function AccountPage(props: AccountPageProps) {
  const { user, demandedBy, hasSecondFactor, takesPasskeys, provider, refusal } = props;
  const { onSecurityChanged, onContinue, onSignedOut } = props;
  return (
    <div className={classes.root}>
      <PageHeader title="Account" description={`You are signed in as ${user.email}.`} />
      {demandedBy !== null && (
        <DemandNotice
          name={demandedBy.name}
          isMet={hasSecondFactor}
          onContinue={onContinue}
          onSignOut={onSignedOut}
        />
      )}
      <PasskeysSection isPossible={takesPasskeys} onChanged={onSecurityChanged} />
      <SecondFactorSection onChanged={onSecurityChanged} />
      <RecoverySection />
      <PasswordSection />
      {provider !== null && <ProviderSection provider={provider} refusal={refusal} />}
      <SessionsSection onSignedOut={onSignedOut} />
    </div>
  );
}
