import { describe, expect, it } from '@jest/globals';
import type { CommandResult } from '../domain/cluster.js';
import { doctor } from './doctor.js';
import { fakeProvider } from '../session/testing/fake-provider.js';
import { aptAnswer, fakeTerminal, fakeWorkshop } from './testing/fake-terminal.js';

const ip = { what: '`ip`', package: 'iproute2', purpose: "makes a node's links" };
const bridge = {
  what: 'the CNI plugin bridge',
  package: 'containernetworking-plugins',
  purpose: 'connects pods',
};
const crun = { what: '`crun`', package: 'crun', purpose: 'starts containers in less time' };
const refusal = { reason: '`ip` is not installed', remedy: 'install iproute2' };

describe('doctor', () => {
  it('says that all is well', async () => {
    const terminal = fakeTerminal({ providers: [fakeProvider()] });
    expect(await doctor({ install: false }, terminal)).toBe(0);
    expect(terminal.written).toEqual({ result: 'containerd  can be used here\n', progress: '' });
  });

  it('names what is missing, and why each cluster cannot be made', async () => {
    const terminal = fakeTerminal({
      providers: [fakeProvider({ refusal }), fakeProvider({ name: 'kind' })],
      workshop: fakeWorkshop({
        missing: () => Promise.resolve([ip]),
        preferred: () => Promise.resolve([crun]),
      }),
    });
    expect(await doctor({ install: false }, terminal)).toBe(2);
    expect(terminal.written.result).toBe(
      [
        'containerd  cannot be used here: `ip` is not installed',
        '  → install iproute2',
        'kind  can be used here',
        "missing: `ip` (package iproute2): makes a node's links",
        'better with: `crun` (package crun): starts containers in less time',
        '',
      ].join('\n'),
    );
  });

  it('is content without what is only better', async () => {
    const workshop = fakeWorkshop({ preferred: () => Promise.resolve([crun]) });
    expect(await doctor({ install: false }, fakeTerminal({ providers: [fakeProvider()], workshop }))).toBe(0);
    expect(await doctor({ install: false }, fakeTerminal({ providers: [fakeProvider({ refusal })] }))).toBe(
      2,
    );
  });
});

describe('doctor --install', () => {
  /** A machine that lacks two packages until apt-get answers 0 to an `install`. */
  const machine = (...answers: readonly (CommandResult | undefined)[]) => {
    const asked: string[] = [];
    let installed = false;
    const workshop = fakeWorkshop({
      missing: () => Promise.resolve(installed ? [] : [ip, bridge]),
      preferred: () => Promise.resolve(installed ? [] : [crun]),
      apt: (argv) => {
        const answer = answers[asked.push(argv.join(' ')) - 1];
        installed = argv[0] === 'install' && answer?.exitCode === 0;
        return Promise.resolve(answer);
      },
    });
    return { asked, terminal: fakeTerminal({ providers: [fakeProvider()], workshop }) };
  };
  const install = 'install --no-install-recommends containernetworking-plugins crun iproute2';

  it('installs the packages of what is missing, and looks again', async () => {
    const { asked, terminal } = machine(aptAnswer(0));
    expect(await doctor({ install: true }, terminal)).toBe(0);
    expect(asked).toEqual([install]);
    expect(terminal.written).toEqual({
      result: 'containerd  can be used here\n',
      progress: 'installing containernetworking-plugins crun iproute2\n',
    });
  });

  it('installs nothing where nothing is missing', async () => {
    const terminal = fakeTerminal({
      providers: [fakeProvider()],
      workshop: fakeWorkshop({ apt: () => Promise.reject(new Error('nothing is to be installed')) }),
    });
    expect(await doctor({ install: true }, terminal)).toBe(0);
  });

  it('brings the lists up to date when the packages are not found by them', async () => {
    const { asked, terminal } = machine(aptAnswer(100, 'E: Unable to locate'), aptAnswer(0), aptAnswer(0));
    expect(await doctor({ install: true }, terminal)).toBe(0);
    expect(asked).toEqual([install, 'update', install]);
  });

  it.each([
    ['the lists', [aptAnswer(100, 'E: no lock'), aptAnswer(100)], 'E: no lock'],
    ['the packages', [aptAnswer(100, 'E: first'), aptAnswer(0), aptAnswer(100, 'E: second')], 'E: second'],
  ])('says what apt-get said when it cannot have %s', async (_, answers, said) => {
    await expect(doctor({ install: true }, machine(...answers).terminal)).rejects.toMatchObject({
      code: 'cluster/not-installed',
      evidence: [said],
      remedy: 'install containernetworking-plugins crun iproute2 by hand, as root',
    });
  });

  it('says what to install where there is no apt-get', async () => {
    await expect(doctor({ install: true }, machine(undefined).terminal)).rejects.toMatchObject({
      code: 'cluster/not-installed',
      evidence: ["`ip`: makes a node's links", 'the CNI plugin bridge: connects pods', expect.any(String)],
      remedy: expect.stringContaining('by whatever names your distribution has for them'),
    });
  });
});
