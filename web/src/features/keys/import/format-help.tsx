import { CopyBlock } from '../../../ui/copy-block.tsx';
import { Disclosure } from '../../../ui/disclosure.tsx';
import classes from './import-keys.module.css';

const sample = [
  'name,service,permissions,secretSha256,start,last4',
  'Link importer,short-links,shortLinks:read shortLinks:create,9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08,slk_live_Jq,x8Fk',
].join('\n');

const hash = "printf %s 'THE SECRET' | sha256sum";

/** What a text of keys looks like. */
export function FormatHelp() {
  return (
    <Disclosure title="What the text looks like" description="CSV, JSON, or JSON a line">
      <div className={classes.help}>
        <p>
          One key a row, named as in the API. <code>name</code> and <code>secretSha256</code> are
          needed; <code>service</code>, <code>permissions</code>, <code>environment</code>,{' '}
          <code>tier</code>, <code>ipAllowlist</code>, <code>expiresAt</code> and{' '}
          <code>externalId</code> come from the service’s defaults where they are left out.{' '}
          <code>start</code> and <code>last4</code> are what people recognize a key by.
        </p>
        <CopyBlock name="sample" text={sample} isCode />
        <p>The SHA-256 is of the whole secret, without a line’s end:</p>
        <CopyBlock name="command" text={hash} isCode />
      </div>
    </Disclosure>
  );
}
