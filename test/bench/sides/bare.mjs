// The floor: a server of node:http that reads the body and answers bytes that it was given, and no more.
import { createServer } from 'node:http';
import { serve } from './serve.mjs';

await serve(async ({ body, contentType }) => {
  const bytes = Buffer.from(body);
  const headers = { 'Content-Type': contentType, 'Content-Length': bytes.length };
  return createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      response.writeHead(200, headers).end(bytes);
    });
  });
});
