import { Command, Option } from 'commander';
import { clusterDown, clusterList, clusterUp } from './cluster-commands.js';
import { collect, count, durationMs, withClusterName, withClusterOptions } from './cluster-options.js';
import { detailOf, quiet, reportOption, verbose, type DetailFlags } from './report-options.js';
import { report, type ReportFlags } from './report.js';
import { diff, type DiffFlags } from './diff.js';
import { doctor } from './doctor.js';
import type { ExitCode } from './exit-code.js';
import { facts, type FactsFlags } from './facts.js';
import { init, type InitFlags } from './init.js';
import { lint } from './lint.js';
import { list, type ListFlags } from './list.js';
import { matrix, type MatrixFlags } from './matrix.js';
import type { ClusterRequest } from '../session/open-cluster.js';
import { matrixFormats, matrixReports } from '../reports/matrix.js';
import { baselineFormats } from '../reports/baseline.js';
import { record, type RecordFlags } from './record.js';
import { schema } from './schema.js';
import type { Terminal } from './terminal.js';
import { toolVersion } from '../session/tool-version.js';
import { tutorialCheck, type TutorialFlags } from './tutorial.js';
import { tutorialCoverage, type CoverageFlags } from './tutorial-coverage.js';
import { verify, type VerifyFlags } from './verify.js';

/** The command line of design.md. `done` is told the exit code of the command that was run. */
export const makeProgram = (terminal: Terminal, done: (code: ExitCode) => void): Command => {
  const program = new Command('netclaims')
    .configureOutput({
      writeOut: terminal.result,
      writeErr: terminal.progress,
      getOutHelpWidth: () => terminal.resultStyle.columns,
      getErrHelpWidth: () => terminal.progressStyle.columns,
      getOutHasColors: () => terminal.resultStyle.colour,
      getErrHasColors: () => terminal.progressStyle.colour,
    })
    // By itself, commander would end the process.
    .exitOverride()
    .showHelpAfterError('→ add --help to see what can be given')
    .description('Verifies networking claims against a live cluster.')
    .version(toolVersion())
    .addHelpText(
      'after',
      '\nExit codes: 0 everything holds, 1 something is refuted or vacuous, 2 something is unknown or the\n' +
        'infrastructure failed, 3 bad usage or a bad scenario (nothing was run).',
    );

  withClusterName(withClusterOptions(program.command('verify')))
    .description('run scenarios and print their verdicts')
    .argument('[paths...]', 'scenario files, and folders of them', ['scenarios/'])
    .option('--selector <k=v>', 'only scenarios with these labels (k=v,k=v)')
    .option(
      '--parallel <count>',
      'how many worlds run beside each other (default: twice the processors)',
      count,
    )
    .option('--shard <i/n>', 'only the i-th of n parts')
    .option('--no-wait', 'do not wait for another run that uses the cluster: what needs it alone is unknown')
    .option('--fail-fast', 'begin no further scenario once one does not hold', false)
    .option('--timeout <duration>', 'for each scenario with its controls', durationMs, durationMs('5m'))
    .option('--keep', 'leave what does not hold, for looking around', false)
    .option('--strict', 'an expectation that no control refutes is a failure', false)
    .option('--baseline <file>', 'what `record` wrote: nothing may differ from it, better or worse')
    .option(
      '--artifacts <folder>',
      'save there what nodes, pods and logs say where something does not hold, before it is removed',
    )
    .option('--capture', 'with --artifacts: also save the headers of the packets that probes send and get')
    .addOption(verbose())
    .addOption(quiet())
    .addOption(reportOption('also write a report'))
    .action(async (paths: readonly string[], flags: Omit<VerifyFlags, 'detail'> & DetailFlags) =>
      done(await verify(paths, { ...flags, detail: detailOf(flags) }, terminal)),
    );

  program
    .command('report')
    .description('print a saved run, judged again from its facts, and write it in other formats')
    .argument('<file>', 'what `verify --report json=FILE` wrote')
    .option('--strict', 'an expectation that no control refutes is a failure', false)
    .addOption(verbose())
    .addOption(quiet())
    .addOption(reportOption('write it in another format'))
    .action(async (file: string, flags: Omit<ReportFlags, 'detail'> & DetailFlags) =>
      done(await report(file, { ...flags, detail: detailOf(flags) }, terminal)),
    );

  program
    .command('init')
    .description('write scenario files to begin with, from a document')
    .argument('<file>', 'a Markdown file')
    .option('--out <folder>', 'where they are written', 'scenarios')
    .action(async (file: string, flags: InitFlags) => done(await init(file, flags, terminal)));

  const tutorial = program.command('tutorial').description('check that tutorials are still true');
  withClusterName(withClusterOptions(tutorial.command('check')))
    .description('run the commands of Markdown files, and compare what they print with what the files show')
    .argument('<files...>', 'Markdown files')
    .option(
      '--scenarios <path>',
      'scenarios about the documents (repeatable; default: scenarios/)',
      collect,
      [],
    )
    .option('--suggest', 'name sentences that look like claims and have no scenario', false)
    .option('--update', 'write into the files what their commands print now', false)
    .option('--stamp', 'write into a file of which all holds where and when that was seen', false)
    .option('--badge <file>', 'write a badge that shields.io can show')
    .option('--allow-host', 'also run on this machine what is meant for it', false)
    .option('--timeout <duration>', 'for each command', durationMs, durationMs('30s'))
    .addOption(verbose())
    .addOption(quiet())
    .addOption(reportOption('also write a report'))
    .action(async (files: readonly string[], flags: Omit<TutorialFlags, 'detail'> & DetailFlags) =>
      done(await tutorialCheck(files, { ...flags, detail: detailOf(flags) }, terminal)),
    );

  tutorial
    .command('coverage')
    .description('print which scenarios and runs verify the claims and commands of Markdown files')
    .argument('<files...>', 'Markdown files')
    .option(
      '--scenarios <path>',
      'scenarios about the documents (repeatable; default: scenarios/)',
      collect,
      [],
    )
    .option('--run <file>', 'what `tutorial check --report json=FILE` wrote (repeatable)', collect, [])
    .option('--matrix <file>', 'what `matrix --expect FILE --update-expect` wrote')
    .action(async (files: readonly string[], flags: CoverageFlags) =>
      done(await tutorialCoverage(files, flags, terminal)),
    );

  withClusterOptions(program.command('matrix'))
    .description('run scenarios on several CNI networks (--cni a,b,c), and print their verdicts side by side')
    .argument('[paths...]', 'scenario files, and folders of them', ['scenarios/'])
    .option('--selector <k=v>', 'only scenarios with these labels (k=v,k=v)')
    .option('--parallel <count>', 'how many worlds run beside each other', count)
    .option('--timeout <duration>', 'for each scenario with its controls', durationMs, durationMs('5m'))
    .addOption(new Option('--output <format>', 'what is printed').choices(matrixFormats).default('text'))
    .addOption(reportOption('also write it', matrixReports))
    .option('--expect <file>', 'a matrix from which nothing may differ, better or worse')
    .option('--update-expect', 'write that file', false)
    .action(async (paths: readonly string[], flags: MatrixFlags) =>
      done(await matrix(paths, flags, terminal)),
    );

  withClusterName(withClusterOptions(program.command('record')))
    .description('run scenarios and keep how the cluster looks and what their verdicts are, as a baseline')
    .argument('[paths...]', 'scenario files, and folders of them', ['scenarios/'])
    .requiredOption('--output <file>', 'where the baseline is written')
    .option('--selector <k=v>', 'only scenarios with these labels (k=v,k=v)')
    .option('--parallel <count>', 'how many worlds run beside each other', count)
    .option('--timeout <duration>', 'for each scenario with its controls', durationMs, durationMs('5m'))
    .addOption(verbose())
    .addOption(quiet())
    .action(async (paths: readonly string[], flags: Omit<RecordFlags, 'detail'> & DetailFlags) =>
      done(await record(paths, { ...flags, detail: detailOf(flags) }, terminal)),
    );

  program
    .command('diff')
    .description('print what is not alike in two baselines')
    .argument('<before>', 'what `record` wrote')
    .argument('<after>', 'what `record` wrote another time')
    .addOption(new Option('--output <format>', 'what is printed').choices(baselineFormats).default('text'))
    .action(async (before: string, after: string, flags: DiffFlags) =>
      done(await diff([before, after], flags, terminal)),
    );

  program
    .command('lint')
    .description('check files without a cluster')
    .argument('[paths...]', 'scenario files, and folders of them', ['scenarios/'])
    .option('--strict', 'warnings are failures too', false)
    .action(async (paths: readonly string[], flags: { readonly strict: boolean }) =>
      done(await lint(paths, flags, terminal)),
    );

  program
    .command('list')
    .description('print the claims of scenario files')
    .argument('[paths...]', 'scenario files, and folders of them', ['scenarios/'])
    .option('--selector <k=v>', 'only scenarios with these labels (k=v,k=v)')
    .addOption(new Option('--output <format>', 'text or json').choices(['text', 'json']).default('text'))
    .option('--verbose', 'show what the worlds of each claim touch beyond their own pods, and why')
    .action(async (paths: readonly string[], flags: ListFlags) => done(await list(paths, flags, terminal)));

  withClusterName(withClusterOptions(program.command('facts')))
    .description('print the facts of a cluster, once the manifests are applied and ready')
    .argument('[manifests...]', 'files with pods to run')
    .option('--output <format>', 'text or json', 'text')
    .option('--watch', 'print what changes, a line each, until Ctrl-C')
    .option('--svg <file>', 'also draw a picture of the topology')
    .action(async (manifests: readonly string[], flags: FactsFlags) =>
      done(await facts(manifests, flags, terminal)),
    );

  const cluster = program.command('cluster').description('keep a cluster between runs');
  withClusterOptions(cluster.command('up'))
    .description('make a cluster that stays')
    .option('--name <name>', 'what it is called', 'netclaims')
    .action(async (flags: ClusterRequest & { readonly name: string }) =>
      done(await clusterUp(flags, terminal)),
    );
  cluster
    .command('down')
    .description('remove clusters')
    .argument('[names...]', 'what they are called')
    .option('--all', 'all of them', false)
    .action(async (names: readonly string[], flags: { readonly all: boolean }) =>
      done(await clusterDown(names, flags, terminal)),
    );
  cluster
    .command('list')
    .description('list the clusters that are kept')
    .action(async () => done(await clusterList(terminal)));

  program
    .command('doctor')
    .description('what this machine can run, and what to install for the rest')
    .option('--install', 'install it, on Debian and Ubuntu as root', false)
    .action(async (flags: { readonly install: boolean }) => done(await doctor(flags, terminal)));

  program
    .command('schema')
    .description("print the scenario's JSON Schema")
    .action(() => done(schema(terminal)));

  return program;
};
