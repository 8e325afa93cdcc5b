import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Runs Docker's own client, which the harness does without, and gives its output. */
export const docker = async (...argv: readonly string[]): Promise<string> =>
  (await promisify(execFile)('docker', argv)).stdout;

const lines = (text: string): readonly string[] => text.split('\n').filter(Boolean);

/** What the engine has of containers, networks and volumes. */
export const inEngine = async (): Promise<readonly string[]> => {
  const all = await Promise.all([
    docker('ps', '--all', '--format', 'container {{.Names}}'),
    docker('network', 'ls', '--format', 'network {{.Name}}'),
    docker('volume', 'ls', '--format', 'volume {{.Name}}'),
  ]);
  return all.flatMap(lines).sort();
};

/** A node image that the engine has. */
export const nodeImage = async (): Promise<string> => {
  const images = lines(await docker('images', '--format', '{{.Repository}}:{{.Tag}}'));
  const image = images.find((name) => /^(netclaims|kindest)\/node:/.test(name));
  if (image === undefined) throw new Error('the engine has no node image: `make node-image` makes one');
  return image;
};
