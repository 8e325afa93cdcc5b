import { describe, expect, it } from '@jest/globals';
import { allHolds, everyVerdict } from './golden/every-verdict.js';
import { noCluster } from './golden/no-cluster.js';
import { renderGithub } from './github.js';

describe('renderGithub', () => {
  it('annotates the line of what does not hold: errors for the claim, warnings for what could not be seen', () => {
    const lines = renderGithub(everyVerdict).trimEnd().split('\n');
    expect(lines.map((line) => line.slice(0, line.indexOf('::', 2)))).toEqual([
      '::error file=scenarios/veth-presence.yaml,line=21,title=veth-presence veth-pair%3A refuted',
      '::error file=scenarios/veth-presence.yaml,title=veth-presence output%3A refuted',
      '::error file=scenarios/veth-presence.yaml,line=31,title=veth-presence mtu%3A vacuous',
      '::warning file=scenarios/pause-container-survival.yaml,title=pause-container-survival same-peer%3A unknown',
      '::warning title=pod/not-ready',
      '::warning title=cluster/ground-lost',
    ]);
  });

  it('says nothing where all holds', () => {
    expect(renderGithub(allHolds)).toBe('');
  });

  it('tells once why nothing was run', () => {
    expect(renderGithub(noCluster)).toBe(
      '::warning title=nothing was run%3A cluster/no-node::a node could not be made%0Aunshare: Operation not permitted%0A→ be root\n',
    );
  });
});
