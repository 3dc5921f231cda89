import { type SnippetFacts, variableName } from './snippet.ts';

/** A script for any Python 3, with nothing to install, that asks Keyward about the key in its environment. */
export function writePython({ service, publicUrl }: SnippetFacts): string {
  const { name, scheme } = service.header;
  const key = `os.environ["${variableName(service)}"]`;
  const value = scheme === null ? key : `"${scheme} " + ${key}`;
  return `import json
import os
from urllib.request import Request, urlopen

# Keyward tells of the key itself.
# In its place, call ${service.name}.
request = Request(
    "${publicUrl}/v1/test",
    headers={"${name}": ${value}},
)
with urlopen(request) as response:
    print(response.status, json.load(response))`;
}
