import type { FailureRows } from './rows.js';

/** Commands on nodes and in pods. */
export const probeCodes = {
  'probe/broken-answer': {
    meaning: 'A command of netclaims on a node gave an incomplete answer.',
    remedy: 'check that the node has a POSIX sh and coreutils',
  },
  'probe/cut-off': {
    meaning: 'The connection ended before the result of a command came.',
    remedy: "check the pod's node and the connection to it",
  },
  'probe/kill-failed': {
    meaning: 'A process could not be signalled.',
    remedy: 'check that the process still runs, and that nothing forbids the signal',
  },
  'probe/no-netns': {
    meaning: 'The network namespace in which a command should run does not exist.',
    remedy: 'check that the pod still runs',
  },
  'probe/no-node-access': {
    meaning: 'Commands cannot be run on a node.',
    remedy: 'bind the ClusterRole of docs/rbac.yaml, and allow privileged pods in netclaims-nodes-…',
  },
  'probe/no-variable': {
    meaning: 'A variable of a probe has no value.',
    remedy: 'check the expression under `env` of the probe',
  },
  'probe/not-started': {
    meaning: 'A command could not be started.',
    remedy: 'check that the command is installed where it should run',
  },
  'probe/runtime': {
    meaning: "A node's container runtime could not be read.",
    remedy: "install crictl on the node, or containerd's ctr",
  },
  'probe/timeout': {
    meaning: 'A command did not end in time.',
    remedy: 'give it more time with `timeout`, or find out what it waits for',
  },
  'probe/too-much-output': {
    meaning: 'A command of netclaims printed more than it reads.',
    remedy: 'find out why the command prints that much',
  },
} as const satisfies FailureRows;

/** Steps of a scenario. */
export const stepCodes = {
  'step/not-possible': {
    meaning: 'The cluster cannot do what a step asks for.',
    remedy: 'declare the capability in `requires`',
  },
  'step/timeout': {
    meaning: 'A step did not end in time.',
    remedy: 'give it more time with `timeout`',
    effect: 'out-of-time',
  },
  'step/undecided': {
    meaning: 'The condition of a `wait` could not be read.',
    remedy: 'fix what makes its facts unreadable',
  },
  'step/unmet': {
    meaning: 'The condition of a `wait` was false when its time was up.',
    remedy: 'give it more time with `timeout`, if the condition only came late',
  },
} as const satisfies FailureRows;

/** The run as a whole. */
export const runCodes = {
  'run/deadline': {
    meaning: 'Something outside netclaims did not answer in time.',
    remedy: 'check that the machine and the cluster are not overloaded, and run again',
  },
  'run/fail-fast': {
    meaning: 'A scenario was not run, because an earlier one failed and `--fail-fast` was given.',
    remedy: 'fix the earlier scenario, or leave `--fail-fast` out',
  },
  'run/interrupted': {
    meaning: 'The run was interrupted.',
    remedy: 'run it again and let it end',
  },
  'run/not-ended': {
    meaning: 'The run did not end in time after it was told to stop.',
    remedy: 'run again: the next run removes what is left',
  },
  'run/timeout': {
    meaning: 'A scenario with its controls did not end within `--timeout`.',
    remedy: 'give it more time with `--timeout`',
    effect: 'out-of-time',
  },
} as const satisfies FailureRows;

/** Reports. */
export const reportCodes = {
  'report/not-written': {
    meaning: 'A report could not be written.',
    remedy: 'check that its folder exists, has room and is writable',
  },
} as const satisfies FailureRows;

/** The machine that netclaims runs on. */
export const machineCodes = {
  'machine/refused': {
    meaning: 'The operating system refused an operation of netclaims.',
    remedy: 'fix what the system reports, such as a full disk, a missing file or a limit',
  },
} as const satisfies FailureRows;

/** netclaims itself. */
export const harnessCodes = {
  'harness/unexpected': {
    meaning: 'netclaims met an error that it does not know: a bug of netclaims.',
    remedy: 'report the bug with these lines, the command line and the output of `netclaims --version`',
  },
} as const satisfies FailureRows;
