import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { openArchiveCache } from './archive-cache.js';
import type { ImageArchive } from './image-archive.js';
import { packNamedLayout } from './oci-archive.js';
import { ownRecipes, readRecipes } from './recipes.js';
import { normalizeReference } from './reference.js';
import { runTool } from './run-tool.js';

export interface PullOptions {
  readonly cacheDir: string;
  /** The variables that skopeo is to see: HOME and XDG_RUNTIME_DIR for credentials, HTTPS_PROXY and the like. */
  readonly env?: Readonly<Record<string, string>>;
  /** The command; `skopeo` unless a test says otherwise. */
  readonly skopeo?: string;
}

const copyTimeoutMs = 600_000;
const answerTimeoutMs = 60_000;

/**
 * An image from a registry, as an archive in the cache. As the kubelet does by default, the tag `latest` is looked up each time, anything
 * else only when the cache lacks it.
 * @throws NetclaimsError `image/no-client` (skopeo is missing), `image/not-pulled`, `image/bad-reference`
 */
export const pullImage = async (
  reference: string,
  options: PullOptions,
  signal: AbortSignal,
): Promise<ImageArchive> => {
  const name = normalizeReference(reference);
  const skopeo = options.skopeo ?? 'skopeo';
  const env = options.env === undefined ? {} : { env: options.env };
  const cache = openArchiveCache(options.cacheDir);
  const changes = name.endsWith(':latest');

  const known = changes ? undefined : await cache.find(keyOf(name));
  if (known !== undefined) return known;

  const { images } = await readRecipes(ownRecipes());
  await runTool(
    [skopeo, '--version'],
    {
      code: 'image/no-client',
      what: `${name} is not built in, and fetching it from its registry needs skopeo`,
      remedy:
        'load it with --load FILE.tar (from `docker save` or `skopeo copy`), install skopeo (`apt-get install skopeo`), ' +
        `or use a built-in image: ${images.map((image) => image.reference).join(', ')}`,
    },
    { timeoutMs: answerTimeoutMs, ...env },
    signal,
  );

  const notPulled = {
    code: 'image/not-pulled',
    what: `${name} could not be fetched from its registry`,
    remedy:
      'see that the image exists and that its registry can be reached from here (HTTPS_PROXY, `skopeo login`), ' +
      'or load it with --load FILE.tar',
  } as const;
  // A small question first: a registry that does not answer it in time is not there, while a large image may take its time.
  const manifest = await runTool(
    [skopeo, 'inspect', '--raw', `docker://${name}`],
    notPulled,
    { timeoutMs: answerTimeoutMs, ...env },
    signal,
  );
  const key = keyOf(changes ? `${name} ${manifest}` : name);
  return cache.exclusively(
    key,
    async (scratch) => {
      const pulledMeanwhile = await cache.find(key);
      if (pulledMeanwhile !== undefined) return pulledMeanwhile;
      const layout = join(scratch, 'layout');
      await runTool(
        [skopeo, 'copy', '--quiet', `docker://${name}`, `oci:${layout}`],
        notPulled,
        { timeoutMs: copyTimeoutMs, ...env },
        signal,
      );
      const file = join(scratch, 'archive.tar');
      await packNamedLayout(layout, name, file, signal);
      return cache.add(key, [name], file, scratch);
    },
    signal,
  );
};

const keyOf = (text: string): string =>
  `pulled-${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
