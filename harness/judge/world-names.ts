import { unreadable, type Json, type Unreadable } from '../domain/fact-types.js';
import type { Observation, ProbeResult } from '../domain/observation.js';
import { firstOddByte, outputBytes } from '../domain/output-text.js';
import { redactedMark } from '../domain/redact.js';
import type { WorldReport } from '../domain/world-report.js';
import { isMistake } from './compile.js';
import { reasonOfEnd, recordedObservation, recordedProbe } from './end-of-world.js';
import { below, type Place, type Reader } from './fact-place.js';
import { converter, redacted } from './fact-view.js';
import { ObservationView, ProbesView } from './lazy-fields.js';
import { failed, unknownFact } from './no-value.js';
import { valueOf } from './outcome.js';
import type { TypedScope } from './typed-scope.js';

/** A fact that an expression read, and whether with all that is below it. */
export interface Reading {
  readonly from: Observation | ProbeResult;
  readonly place: Place;
  readonly extent: 'itself' | 'all-below';
}

type Fields = Readonly<Record<string, () => unknown>>;

/**
 * The names of a scenario with their values in one world; nothing is computed before an expression asks for it. `current` is the
 * observation that `pods`, `nodes`, `cluster` and the `let` names are about. Each fact that is read is noted.
 */
export const worldNames = (
  scope: TypedScope,
  world: WorldReport,
  current: Observation | undefined,
  note: (reading: Reading) => void,
): ObservationView => {
  const unknown = (name: string, kind: string) =>
    unknownFact(name, reasonOfEnd(world) ?? `there is no such ${kind}`);

  const factsOf = (observation: Observation, prefix: Place | undefined): Fields => {
    const read: Reader = (place, extent) => note({ from: observation, place, extent });
    return {
      pods: () => pods(observation.pods, below(prefix, 'pods'), read),
      nodes: () => nodes(observation.nodes, below(prefix, 'nodes'), read),
      cluster: () => cluster(observation.cluster, below(prefix, 'cluster'), read),
    };
  };
  const noFacts: Fields = Object.fromEntries(
    ['pods', 'nodes', 'cluster'].map((name) => [
      name,
      () => {
        throw unknown(name, 'observation');
      },
    ]),
  );

  const observations: Fields = Object.fromEntries(
    scope.observations.map((name) => [
      name,
      () => {
        const observation = recordedObservation(world, name);
        if (observation === undefined) throw unknown(name, 'observation');
        return namesWith(factsOf(observation, below(undefined, name)));
      },
    ]),
  );
  const probes: Fields = Object.fromEntries(
    scope.probes.map((name) => [
      name,
      () => {
        const result = recordedProbe(world, name);
        if (result === undefined) throw unknown(`probes.${name}`, 'probe');
        const place = below(below(undefined, 'probes'), name);
        note({ from: result, place, extent: 'itself' });
        return probe(probeFacts(result), place, () => undefined);
      },
    ]),
  );

  const shared: Fields = { ...observations, probes: () => new ProbesView(probes) };

  /** The names as one observation gives them their meaning: a `let` entry is evaluated among the same names. */
  const namesWith = (facts: Fields): ObservationView => {
    const lets = scope.lets.map(({ name, expression }) => [
      name,
      () => {
        if (isMistake(expression)) throw failed(`let ${name}: ${expression.message}`);
        return valueOf(expression.run(names));
      },
    ]);
    const names = new ObservationView({ ...shared, ...facts, ...(Object.fromEntries(lets) as Fields) });
    return names;
  };

  return namesWith(current === undefined ? noFacts : factsOf(current, undefined));
};

const pods = converter('map<Pod>');
const nodes = converter('map<Node>');
const cluster = converter('Cluster');
const probe = converter('Probe');

/** A probe's result as the facts of a `Probe`. */
const probeFacts = (result: ProbeResult): object => {
  if (!result.read) return unreadable(result.reason);
  const { stdout, stderr, exitCode, dropped } = result.evidence;
  const out = outputFacts(stdout, dropped?.stdout ?? 0);
  const err = outputFacts(stderr, dropped?.stderr ?? 0);
  if (result.broken !== undefined) {
    // What it printed before may be incomplete; its complaint is all that it said.
    const broken = unreadable(
      `${result.broken}: mend the probe, or give it \`anyExit: true\` if the claim is about that`,
    );
    return {
      ...{ stdout: broken, stdoutBytes: broken, exitCode: broken, json: broken },
      stderr: err.text,
      get stderrBytes() {
        return err.bytes();
      },
    };
  }
  return {
    stdout: out.text,
    stderr: err.text,
    get stdoutBytes() {
      return out.bytes();
    },
    get stderrBytes() {
      return err.bytes();
    },
    exitCode,
    get json(): Json | Unreadable {
      if (typeof out.text !== 'string') return out.text;
      if (stdout.includes(redactedMark)) return unreadable(redacted);
      try {
        return JSON.parse(stdout) as Json;
      } catch {
        return unreadable('its standard output is no JSON');
      }
    },
  };
};

interface OutputFacts {
  readonly text: string | Unreadable;
  readonly bytes: () => string | Unreadable;
}

/** Of an output that was cut nothing is known: what is not in its ends may have been between them. */
const outputFacts = (output: string, dropped: number): OutputFacts => {
  if (dropped > 0) {
    const cut = unreadable(`${dropped} bytes of it were dropped: let the command print less`);
    return { text: cut, bytes: () => cut };
  }
  const odd = firstOddByte(output);
  return {
    text:
      odd === undefined
        ? output
        : unreadable(
            `it is not UTF-8, from byte ${odd} on: compare stdoutBytes or stderrBytes, which are base64`,
          ),
    bytes: () =>
      output.includes(redactedMark) ? unreadable(redacted) : outputBytes(output).toString('base64'),
  };
};
