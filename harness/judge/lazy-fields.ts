/** An object whose fields are computed when they are first read; one that throws is computed again. */
class LazyFields {
  readonly #computed = new Map<string, unknown>();

  constructor(fields: Readonly<Record<string, () => unknown>>) {
    for (const [name, compute] of Object.entries(fields)) {
      const get = (): unknown => {
        if (!this.#computed.has(name)) this.#computed.set(name, compute());
        return this.#computed.get(name);
      };
      Object.defineProperty(this, name, { enumerable: true, get });
    }
  }
}

/** An observation as CEL sees it, and all the names that its `let` entries may use. CEL tells types by classes, hence two. */
export class ObservationView extends LazyFields {}

/** The probes of a world as CEL sees them. */
export class ProbesView extends LazyFields {}
