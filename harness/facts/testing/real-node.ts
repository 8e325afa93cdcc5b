import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { CommandResult, Node } from '../../domain/cluster.js';

/** Namespaces of one's own on this machine, as a node. Disposing of them ends all that is in them. Needs root. */
export interface RealNode extends Node, AsyncDisposable {
  /** Runs a line of shell on the node. @throws Error when it fails */
  sh(line: string): Promise<string>;
}

/** Addresses of links that come are not tried out first, which takes seconds. */
export const noDad = 'sysctl --quiet net.ipv6.conf.default.accept_dad=0';

const furnish = `
set -e
mount -t tmpfs tmpfs /run
mount -t tmpfs tmpfs /var/lib
[ ! -d /etc/cni ] || mount -t tmpfs tmpfs /etc/cni
mkdir /run/netns
ip link set lo up
${noDad}
ip link add cni0 type bridge
ip link set cni0 up
echo ready
exec sleep infinity`;

/** A node with a bridge cni0 and without pods. */
export const realNode = async (): Promise<RealNode> => {
  const namespaces = [
    '--mount',
    '--net',
    '--pid',
    '--fork',
    '--kill-child',
    '--mount-proc',
    '--propagation=private',
  ];
  const holder = spawn('unshare', [...namespaces, 'sh', '-c', furnish], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await Promise.race([
    once(createInterface(holder.stdout), 'line'),
    once(holder, 'exit'),
  ])) as [unknown];
  if (line !== 'ready') throw new Error(`the namespaces of a node could not be made: ${String(line)}`);
  const pid = (await run(['pgrep', '-P', String(holder.pid)], '')).stdout.trim();
  const enter = (argv: readonly string[], netns?: string) => [
    ...['nsenter', `--target=${pid}`, '--mount', '--net', '--pid', '--'],
    ...(netns === undefined ? [] : ['nsenter', `--net=${netns}`, '--']),
    ...argv,
  ];
  return {
    name: 'real',
    exec: ({ argv, netns, stdin = '' }) => run(enter(argv, netns), stdin),
    replay: ({ argv, netns }) => enter(argv, netns).join(' '),
    sh: async (script) => {
      const { exitCode, stdout, stderr } = await run(enter(['sh', '-ec', script]), '');
      if (exitCode !== 0) throw new Error(stderr);
      return stdout.trim();
    },
    [Symbol.asyncDispose]: async () => {
      const ended = once(holder, 'exit');
      holder.kill('SIGKILL');
      await ended;
    },
  };
};

const run = ([file = '', ...args]: readonly string[], stdin: string): Promise<CommandResult> =>
  new Promise((resolve, reject) => {
    const options = { maxBuffer: 1 << 26, env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C' } };
    const child = execFile(file, args, options, (error, stdout, stderr) => {
      const exitCode = error === null ? 0 : error.code;
      if (typeof exitCode === 'number') resolve({ exitCode, stdout, stderr });
      else reject(error ?? new Error('it did not end'));
    });
    // A command may end without having read it.
    child.stdin?.on('error', () => undefined).end(stdin);
  });
