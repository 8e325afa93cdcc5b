import { randomBytes } from 'node:crypto';
import type { Node } from '../../domain/cluster.js';
import { NetclaimsError } from '../../domain/error.js';
import type { Fingerprint } from '../../domain/fingerprint.js';
import { fingerprintOf, type Frame } from './fingerprint-of.js';
import { fingerprintScript } from './fingerprint-script.js';

/** How long a node may take to answer. */
const timeoutMs = 30_000;

/**
 * Takes the fingerprint of a node, in one command.
 * @throws NetclaimsError when the command could not be run, or its answer is not whole
 */
export const readFingerprint = async (node: Node, signal: AbortSignal): Promise<Fingerprint> => {
  const mark = `@${randomBytes(12).toString('hex')}@`;
  const argv = ['sh', '-c', fingerprintScript, 'netclaims-fingerprint', mark];
  const { exitCode, stdout, stderr } = await node.exec({ argv, timeoutMs }, signal);
  if (exitCode === 0 && stdout.endsWith(`${mark}end\n`))
    return fingerprintOf(node.name, framesOf(stdout, mark), mark);
  throw new NetclaimsError({
    code: 'probe/broken-answer',
    what: `the fingerprint of node ${node.name} is not whole: the command ended with ${exitCode}`,
    evidence: stderr.trim() === '' ? [] : [stderr.trim()],
    remedy: 'check that the node has a POSIX sh',
  });
};

/** Cuts what the script printed into its frames. */
export const framesOf = (text: string, mark: string): ReadonlyMap<string, Frame> => {
  const frames = new Map<string, Frame>();
  const ends = new RegExp(`^([a-z0-9-]+)\\n([^]*?)${mark}([0-9]+)$`);
  // A frame begins at the start of a line, or behind the code that ended the one before it.
  const pieces = text.split(`${mark}end\n`)[0]?.split(new RegExp(`(?<=${mark}[0-9]+)\\n`)) ?? [];
  for (const piece of pieces) {
    const [, name, output, code] = ends.exec(piece.slice(mark.length)) ?? [];
    if (name !== undefined && output !== undefined) frames.set(name, { output, exitCode: Number(code) });
  }
  return frames;
};
