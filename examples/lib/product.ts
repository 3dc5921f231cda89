import express, {
  type ErrorRequestHandler,
  type Express,
  type Request,
  type Response,
} from 'express';
import { type Keyward, KeywardRefusal, KeywardUnavailable } from './keyward.ts';

/** Answers an error in the product's own envelope. */
export type Refuse = (response: Response, status: number, message: string) => void;

/** A product that is ready to listen, and what a caller of its documented requests needs. */
export interface Product {
  app: Express;
  credentials: Record<string, string>;
}

/** Puts everything in place in Keyward, by an operator's key, and makes the product's app. */
export type MakeProduct = (operator: Keyward) => Promise<Product>;

export function createApp(): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use((_, response, next) => {
    // Some answers hold a secret, and all of them depend on a key.
    response.set('Cache-Control', 'no-store');
    next();
  });
  app.use(express.json({ limit: '64kb' }));
  return app;
}

/** What comes after all routes: unknown paths and failures, in the product's own envelope. */
export function answerTheRest(app: Express, refuse: Refuse, passedOn = [400, 404, 409]): void {
  app.use((_, response) => refuse(response, 404, 'There is nothing at this address.'));
  // Express knows an error handler by its four parameters.
  const answerError: ErrorRequestHandler = (error, request, response, _next) => {
    if (error instanceof KeywardRefusal && passedOn.includes(error.status)) {
      refuse(response, error.status, error.message);
    } else if (error instanceof KeywardRefusal || error instanceof KeywardUnavailable) {
      // What Keyward says of our own keys is none of the caller's business; and without an answer
      // nobody passes. Either way the call can be made again.
      console.error(`${request.method} was not served: ${error.message}`);
      response.set('Retry-After', '2');
      refuse(response, 503, 'Keys cannot be checked right now: try again in a few seconds.');
    } else if (error?.status >= 400 && error?.status < 500) {
      refuse(response, error.status, 'Send a body of JSON of at most 64 KiB.');
    } else {
      console.error(error);
      refuse(response, 500, 'Something went wrong on our side.');
    }
  };
  app.use(answerError);
}

/** The token of `Authorization: Bearer …`, or null. */
export function readBearer(request: Request): string | null {
  return /^Bearer +(\S+)$/i.exec(request.get('authorization') ?? '')?.[1] ?? null;
}

/** The cookie of this name, or null. */
export function readCookie(request: Request, name: string): string | null {
  const pairs = (request.get('cookie') ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1) ?? null;
}

/** The body as an object whose fields are still to be checked. */
export function readBody(request: Request): Record<string, unknown> {
  const { body } = request;
  return typeof body === 'object' && body !== null && !Array.isArray(body) ? body : {};
}

export const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.trim() !== '';

export const isTextList = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every(isText);
