import process from 'node:process';
import { clusterProviders } from '../clusters/index.js';
import { machineOf } from '../clusters/machine.js';
import { describeError, NetclaimsError } from '../domain/error.js';
import { known } from '../domain/failure.js';
import { exitCode, worse, type ExitCode } from './exit-code.js';
import { onInterruption } from './interruption.js';
import { outputStream, terminalGuard } from './output-streams.js';
import { readerEnd } from './reader-end.js';
import { styleOf } from './style.js';
import type { Terminal } from './terminal.js';
import { workshopOf } from './workshop.js';

/** How long what was abandoned, as a clean-up that hangs, may go on when everything is said. */
const graceMs = 2_000;

/**
 * Runs a command as the whole of this process: its standard streams may fail, it may be told to stop, it may have a fault, and
 * the exit code is true in each case.
 */
export const asProcess = async (run: (terminal: Terminal) => Promise<ExitCode>): Promise<void> => {
  // Whatever ends the process before the run has ended gives no verdict.
  process.exitCode = exitCode.unknown;
  process.on('exit', terminalGuard());
  const results = outputStream(process.stdout);
  const messages = outputStream(process.stderr);
  const tell = (error: NetclaimsError): void => messages.write(`${describeError(error)}\n`);

  const interruption = onInterruption((afterMs) => {
    tell(
      new NetclaimsError({
        code: 'run/not-ended',
        what: `the run did not end within ${afterMs / 1_000} s after it was told to stop`,
        remedy: 'run again: the next run removes what is left',
      }),
    );
    process.exit(exitCode.unknown);
  });

  const faults: NetclaimsError[] = [];
  process.on('uncaughtException', (error) => {
    faults.push(known(error));
    // What follows from the first one says nothing new.
    if (faults.length > 1) return;
    faults.forEach(tell);
    faults.forEach(interruption.stop);
  });

  const machine = machineOf(process.env, process.getuid?.() ?? -1);
  const code = await run({
    result: results.write,
    resultLost: (until) => AbortSignal.any([results.lost, readerEnd(process.stdout.fd, until)]),
    progress: messages.write,
    resultStyle: styleOf(process.stdout, process.env),
    progressStyle: styleOf(process.stderr, process.env),
    folder: process.cwd(),
    providers: clusterProviders(machine),
    workshop: workshopOf(machine),
    signal: interruption.signal,
  });
  await orStopped(results.drained(), interruption.signal);
  const unwritten = results.failure();
  if (unwritten !== undefined) tell(notWritten(unwritten));
  await orStopped(messages.drained(), interruption.signal);
  const written = unwritten === undefined ? exitCode.holds : exitCode.unknown;
  process.exitCode = faults.length > 0 ? exitCode.unknown : worse(code, written);
  setTimeout(() => process.exit(), graceMs).unref();
};

const notWritten = (cause: Error): NetclaimsError =>
  new NetclaimsError({
    code: 'report/not-written',
    what: 'the result could not be written to standard output',
    evidence: [cause.message],
    remedy: 'write it where there is room, or save it with --report',
    cause,
  });

/** A reader may be as slow as it likes, but not keep a run that was told to stop. */
const orStopped = (written: Promise<void>, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
    void written.then(resolve);
  });
