import { CopyBlock } from '../../../ui/copy-block.tsx';
import { Tabs } from '../../../ui/tabs.tsx';
import { exampleHeaders, secretVariable, writePython, writeTypeScript } from './verifiers.ts';
import classes from './verify-snippets.module.css';

/** How a receiver verifies messages, in the languages that most are written in. */
export function VerifySnippets({ url }: { url: string }) {
  const lead = (install: string) => (
    <p className={classes.lead}>
      Reads the secret from <code>{secretVariable}</code>. Install it by <code>{install}</code>.
    </p>
  );
  return (
    <Tabs
      label="Snippets"
      tabs={[
        {
          name: 'TypeScript',
          content: (
            <>
              {lead('npm install standardwebhooks')}
              <CopyBlock name="TypeScript" text={writeTypeScript(url)} isCode />
            </>
          ),
        },
        {
          name: 'Python',
          content: (
            <>
              {lead('pip install flask standardwebhooks')}
              <CopyBlock name="Python" text={writePython(url)} isCode />
            </>
          ),
        },
        {
          name: 'Other',
          content: (
            <>
              <p className={classes.lead}>
                Messages follow Standard Webhooks, which has libraries for Go, Java, Ruby, PHP, C#,
                Rust and Elixir. By hand: the signature is the HMAC-SHA256, in base64, of{' '}
                <code>{'{webhook-id}.{webhook-timestamp}.{body}'}</code> by the secret’s bytes,
                which are base64 after <code>whsec_</code>. Refuse what is older than five minutes.
              </p>
              <CopyBlock name="headers" text={exampleHeaders} isCode />
            </>
          ),
        },
      ]}
    />
  );
}
