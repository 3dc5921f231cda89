import { CopyBlock } from '../../../ui/copy-block.tsx';
import { Tabs } from '../../../ui/tabs.tsx';
import { writeCaddy } from './caddy.ts';
import { writeCurl } from './curl.ts';
import classes from './key-snippets.module.css';
import { writeNginx } from './nginx.ts';
import { writePython } from './python.ts';
import { type SnippetFacts, variableName } from './snippet.ts';
import { writeTypeScript } from './typescript.ts';

/** How a key of this service is presented, in the words of who presents it. */
export function KeySnippets({ facts, secret }: { facts: SnippetFacts; secret: string }) {
  const variable = <code>{variableName(facts.service)}</code>;
  return (
    <Tabs
      label="Snippets"
      tabs={[
        {
          name: 'curl',
          content: (
            <>
              <p className={classes.lead}>
                Asks Keyward about the key itself. It uses up nothing of its limit, and is not
                counted as a call.
              </p>
              <CopyBlock name="curl" text={writeCurl(facts, secret)} />
            </>
          ),
        },
        {
          name: 'TypeScript',
          content: (
            <>
              <p className={classes.lead}>
                Reads the key from {variable}, which the file above sets.
              </p>
              <CopyBlock name="TypeScript" text={writeTypeScript(facts)} isCode />
            </>
          ),
        },
        {
          name: 'Python',
          content: (
            <>
              <p className={classes.lead}>
                Reads the key from {variable}, which the file above sets.
              </p>
              <CopyBlock name="Python" text={writePython(facts)} isCode />
            </>
          ),
        },
        { name: 'Gateway', content: <GatewaySnippets facts={facts} /> },
      ]}
    />
  );
}

function GatewaySnippets({ facts }: { facts: SnippetFacts }) {
  return (
    <>
      <p className={classes.lead}>
        A gateway asks Keyward about each request before it lets it through. Name the gateway in{' '}
        <code>KEYWARD_TRUSTED_PROXIES</code>, so that Keyward sees the address of the caller.
      </p>
      <h3 className={classes.gateway}>nginx</h3>
      <CopyBlock name="nginx" text={writeNginx(facts)} isCode />
      <h3 className={classes.gateway}>Caddy</h3>
      <CopyBlock name="Caddy" text={writeCaddy(facts)} isCode />
    </>
  );
}
