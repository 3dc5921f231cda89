import { describeSecretPatterns } from '@keyward/shared/secret-patterns';
import type { Service } from '@keyward/shared/services';
import { Anchor, Title } from '@mantine/core';
import { useMembership } from '../../../lib/membership.ts';
import { trpc } from '../../../lib/trpc.ts';
import { CopyBlock } from '../../../ui/copy-block.tsx';
import { Disclosure } from '../../../ui/disclosure.tsx';
import { Panel } from '../../../ui/panel.tsx';
import page from '../services-page.module.css';
import classes from './secret-scanning.module.css';

/** How the secrets of the catalog are found where they should not be, and how they are reported. */
export function SecretScanning({ catalog }: { catalog: readonly Service[] }) {
  const { user } = useMembership();
  const instance = trpc.account.instance.useQuery(undefined, { staleTime: Infinity });
  const publicUrl = instance.data?.publicUrl ?? window.location.origin;
  const { pattern, gitleaks, reportUrl } = describeSecretPatterns(catalog, publicUrl);
  return (
    <section aria-labelledby="scanning" className={page.section}>
      <Title order={2} id="scanning">
        Secret scanning
      </Title>
      <p className={page.lead}>
        A secret that ends up in a repository or a chat is known by its form. Whoever finds one
        reports it here, and its key is suspended at once, on every node.
      </p>
      <Panel className={classes.root}>
        <Disclosure title="Pattern" description="A regular expression that finds every secret">
          <div className={classes.part}>
            <CopyBlock name="pattern" text={pattern} />
            <p>
              The last six characters are a checksum, so that a scanner can tell a secret from
              noise. Programs read both, for each prefix by itself, at{' '}
              <Anchor href="/.well-known/keyward/secret-patterns.json">
                /.well-known/keyward/secret-patterns.json
              </Anchor>
              .
            </p>
          </div>
        </Disclosure>
        <Disclosure title="gitleaks" description="A rule that keeps secrets out of commits">
          <div className={classes.part}>
            <CopyBlock name="rule" text={gitleaks} isCode />
            <p>
              Put it into the file <code>.gitleaks.toml</code> of a repository.
            </p>
          </div>
        </Disclosure>
        <Disclosure title="Report" description="For anybody who holds a secret, without a key">
          <div className={classes.part}>
            <CopyBlock name="command" text={writeReport(reportUrl)} isCode />
          </div>
        </Disclosure>
        {user.isOperator && (
          <Disclosure title="GitHub" description="Told of each secret in public repositories">
            <ol className={classes.steps}>
              <li>
                Write to{' '}
                <Anchor href="mailto:secret-scanning@github.com">secret-scanning@github.com</Anchor>{' '}
                to join the secret scanning partner program, with the pattern above and this
                address:
                <CopyBlock name="address" text={reportUrl} />
              </li>
              <li>
                Start Keyward with GitHub’s public keys, so that it takes their signed reports:
                <CopyBlock name="setting" text={setting} isCode />
              </li>
            </ol>
          </Disclosure>
        )}
      </Panel>
    </section>
  );
}

const setting = `export KEYWARD_GITHUB_SECRET_SCANNING_KEYS="$(
  curl -s https://api.github.com/meta/public_keys/secret_scanning)"`;

const writeReport = (reportUrl: string) => `curl ${reportUrl} -H 'Content-Type: application/json' \\
  -d '{"secret": "…", "url": "https://where.it/was/found"}'`;
