import type { Engine, Resource, ResourceKind } from '../engine/engine.js';

/** An engine of which a test says what it has; what a test does not say, it cannot do. */
export const fakeEngine = (parts: Partial<Engine>): Engine => {
  const cannot = (what: string) => () => Promise.reject(new Error(`the fake engine cannot ${what}`));
  return {
    cli: ['docker'],
    host: '127.0.0.1',
    info: cannot('say its version'),
    list: cannot('list'),
    remove: cannot('remove'),
    hasImage: cannot('look for images'),
    imagesOf: cannot('look for images'),
    pullImage: cannot('fetch images'),
    createNetwork: cannot('make networks'),
    createVolume: cannot('make volumes'),
    inspect: cannot('describe containers'),
    exec: cannot('run commands'),
    logs: cannot('show logs'),
    ended: cannot('watch containers'),
    ...parts,
  };
};

/** An engine that keeps resources, and tells what was removed in which order. */
export const engineWith = (
  resources: readonly Resource[],
): { readonly engine: Engine; readonly removed: string[]; readonly left: () => readonly string[] } => {
  let kept = [...resources];
  const removed: string[] = [];
  const engine = fakeEngine({
    list: (kind: ResourceKind, label: string) => {
      const [name = '', value] = label.split('=');
      return Promise.resolve(
        kept.filter(
          (one) =>
            one.kind === kind &&
            one.labels[name] !== undefined &&
            (value === undefined || one.labels[name] === value),
        ),
      );
    },
    remove: ({ kind, id }) => {
      kept = kept.filter((one) => one.kind !== kind || one.id !== id);
      removed.push(`${kind} ${id}`);
      return Promise.resolve();
    },
  });
  return { engine, removed, left: () => kept.map(({ kind, id }) => `${kind} ${id}`) };
};
