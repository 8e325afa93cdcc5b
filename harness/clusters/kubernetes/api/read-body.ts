import type { IncomingMessage } from 'node:http';
import { NetclaimsError } from '../../../domain/error.js';

/** The largest answer that is read, and the longest line of one that does not end: ten times the pods of a large cluster. */
export const largestAnswer = 32 * 1024 * 1024;

/**
 * The text of an answer.
 * @param request what was asked, as the error names it: `GET /api/v1/nodes`
 * @throws NetclaimsError `cluster/api-too-large` as soon as more has come
 */
export const readBody = async (
  response: IncomingMessage,
  request: string,
  largest = largestAnswer,
): Promise<string> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largest) throw tooLarge(request, largest);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};

/** Hands on each line of an answer as it comes. */
export const readLines = async (
  response: IncomingMessage,
  request: string,
  onLine: (line: string) => void,
  largest = largestAnswer,
): Promise<void> => {
  let parts: string[] = [];
  let size = 0;
  response.setEncoding('utf8');
  for await (const chunk of response as AsyncIterable<string>) {
    const [rest = '', ...more] = chunk.split('\n');
    parts.push(rest);
    size += rest.length;
    for (const next of more) {
      onLine(parts.join(''));
      parts = [next];
      size = next.length;
    }
    if (size > largest) throw tooLarge(request, largest);
  }
};

const tooLarge = (request: string, largest: number): NetclaimsError =>
  new NetclaimsError({
    code: 'cluster/api-too-large',
    what: `the answer of the Kubernetes API to ${request} is larger than ${largest / 1024 / 1024} MiB`,
    remedy:
      'check that the kubeconfig names the right server, and that nothing fills the cluster with objects',
  });
