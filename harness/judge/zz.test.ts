import { it } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { link, observation, peer, pod, record } from './fixtures/world.js';
import { judgeWorld } from './judge-world.js';
it('times', () => {
    const links = Array.from({ length: 10 }, (_, index) => link({ name: `eth${index}`, ifindex: index + 1, peer: peer({ ifindex: index }) }));
    const pods = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`p${index}`, pod({ ips: [`10.0.0.${index}`] }, links)]));
    const es = [
      'pods.all(p, pods[p].links.all(l, l.kind == "veth" && l.peer.where == "node" && l.mtu - 50 == 1450))',
      'pods.all(p, pods[p].links.exists(l, l.name == "eth9"))',
      'pods.all(p, pods[p].link.eth5.addresses.exists(a, a.family == "inet"))',
      'pods.size() == 100 && pods.all(p, pods[p].ips.size() == 1)',
      'pods.map(p, pods[p].ips[0]).size() == 100',
      'pods.filter(p, pods[p].hostNetwork).size() == 0',
      'pods.p7.netns == pods.p8.netns',
      'pods.p1.links == pods.p2.links',
      'pods.all(p, has(pods[p].link.eth0) && pods[p].netns.inode > 0)',
      'pods.exists_one(p, pods[p].ips[0] == "10.0.0.50")',
    ];
  const rec = record({ observations: [observation('now', { pods })] });
  const out: string[] = [];
  for (let k = 0; k < 6; k++) {
    const t0 = performance.now(); const j = judgeWorld({ let: [], record: rec, expressions: es }); out.push(`scope ${(performance.now() - t0).toFixed(1)}`);
    for (const e of es) { const t = performance.now(); j(e); out.push(`${(performance.now() - t).toFixed(1)} ${e.slice(0, 50)}`); }
    out.push(`total ${(performance.now() - t0).toFixed(1)}`);
  }
  writeFileSync('/tmp/cel/times.txt', out.join('\n'));
});
