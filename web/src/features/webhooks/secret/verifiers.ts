export const secretVariable = 'KEYWARD_WEBHOOK_SECRET';

/** What a receiver sees of its address, fit to stand between quotes. */
const pathOf = (url: string): string =>
  (URL.parse(url)?.pathname ?? '/webhooks').replaceAll("'", '%27');

/** A receiver for Node, Deno or Bun. */
export function writeTypeScript(url: string): string {
  return `import { createServer } from 'node:http';
import { Webhook } from 'standardwebhooks';

const webhook = new Webhook(process.env.${secretVariable} ?? '');

createServer(async (request, response) => {
  const [path] = (request.url ?? '').split('?');
  if (request.method !== 'POST' || path !== '${pathOf(url)}') {
    response.writeHead(404).end();
    return;
  }
  // The signature covers each byte: take the body as it comes, not parsed.
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  let event;
  try {
    event = webhook.verify(Buffer.concat(chunks), request.headers);
  } catch {
    response.writeHead(400).end();
    return;
  }
  response.writeHead(204).end();
  console.log(event.type, event.data);
}).listen(process.env.PORT ?? 3000);`;
}

/** A receiver with Flask. */
export function writePython(url: string): string {
  return `import os

from flask import Flask, request
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

app = Flask(__name__)
webhook = Webhook(os.environ["${secretVariable}"])


@app.post("${pathOf(url)}")
def receive():
    try:
        # The signature covers each byte: take the body as it comes, not parsed.
        event = webhook.verify(request.get_data(as_text=True), dict(request.headers))
    except WebhookVerificationError:
        return "", 400
    print(event["type"], event["data"])
    return "", 204`;
}

/** What every message brings. */
export const exampleHeaders = `webhook-id: evt_01kbg4xv6m8v0w3q2d5n7r9tzc
webhook-timestamp: 1795212000
webhook-signature: v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=`;
