import type { MethodDefinition, PackageDefinition } from '@grpc/proto-loader';
import { loadSync } from '@grpc/proto-loader';
import { packageFile } from '../../package-file.js';

/** How one call is named and put on the wire. */
export type Method = MethodDefinition<object, object>;

/** The methods of one service, by name. */
export type Service = Readonly<Record<string, Method>>;

export interface Protocol {
  readonly runtime: Service;
  readonly image: Service;
  readonly events: Service;
  readonly tasks: Service;
  readonly containers: Service;
}

/** The build emits JavaScript only, so the .proto files are read where they were written. */
const protoFiles = (): readonly string[] =>
  ['cri.proto', 'events.proto', 'tasks.proto', 'containers.proto'].map((name) =>
    packageFile('harness', 'clusters', 'containerd', 'cri', name),
  );

let loaded: Protocol | undefined;

/** The services that netclaims calls. Parsed once, for it takes longer than most calls. */
export const protocol = (): Protocol => (loaded ??= load());

const load = (): Protocol => {
  // Absent fields come out as empty values; nanoseconds lose some digits as numbers, which nothing here depends on.
  const definition = loadSync([...protoFiles()], { defaults: true, enums: String, longs: Number });
  return {
    runtime: service(definition, 'runtime.v1.RuntimeService'),
    image: service(definition, 'runtime.v1.ImageService'),
    events: service(definition, 'containerd.services.events.v1.Events'),
    tasks: service(definition, 'containerd.services.tasks.v1.Tasks'),
    containers: service(definition, 'containerd.services.containers.v1.Containers'),
  };
};

const service = (definition: PackageDefinition, name: string): Service => {
  const found = definition[name];
  if (found === undefined || 'format' in found) throw new TypeError(`no service ${name} in the .proto files`);
  return found;
};
