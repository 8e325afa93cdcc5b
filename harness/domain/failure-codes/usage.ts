import type { FailureRows } from './rows.js';

/** Mistakes in what was asked for. */
export const usageCodes = {
  'usage/artifacts': {
    meaning: 'The folder of `--artifacts` cannot be written.',
    remedy: 'name a folder that you may write to',
  },
  'usage/bad-case': {
    meaning: 'A file of adversary/ is not a case.',
    remedy: 'see adversary/README.md for the keys of a case',
  },
  'usage/bad-conflist': {
    meaning: 'A CNI configuration list cannot be used.',
    remedy: 'write it as https://www.cni.dev/docs/spec/#configuration-format says',
  },
  'usage/bad-fault': {
    meaning: 'A file of faults/ is not a fault.',
    remedy: 'see faults/fault.ts for the fields of a fault',
  },
  'usage/bad-name': {
    meaning: 'A cluster cannot have this name.',
    remedy: 'use up to 40 lower-case letters, digits and hyphens',
  },
  'usage/bad-report': {
    meaning: 'A file is not a JSON report of netclaims.',
    remedy: 'name a file that `--report json=FILE` wrote',
  },
  'usage/capture': {
    meaning: '`--capture` cannot capture packets here.',
    remedy: 'install tcpdump on the nodes, or leave `--capture` out',
  },
  'usage/credential-plugin': {
    meaning: 'The credential plugin of the kubeconfig cannot be started.',
    remedy: 'install the plugin, or name another kubeconfig',
  },
  'usage/expect': {
    meaning: 'The expected matrix cannot be read.',
    remedy: 'write it with `--update-expect`',
  },
  'usage/golden-in-ci': {
    meaning: 'CI never rewrites golden reports.',
    remedy: 'rewrite them on your machine and commit the difference',
  },
  'usage/jest-options': {
    meaning: 'The netclaims options of a Jest project cannot be read.',
    remedy: 'see docs/jest.md for the options',
  },
  'usage/kubeconfig': {
    meaning: 'A kubeconfig cannot be read.',
    remedy: 'check it with `kubectl config view`',
  },
  'usage/load': {
    meaning: 'Images cannot be loaded into a cluster that netclaims did not create.',
    remedy: 'push the image to a registry that the nodes reach, or use `--cluster kind`',
  },
  'usage/matrix': {
    meaning: 'The options of `netclaims matrix` do not fit each other.',
    remedy: 'see `netclaims matrix --help`',
  },
  'usage/name-taken': {
    meaning: 'A cluster of this name exists already.',
    remedy: 'use it with `--cluster-name NAME`, or remove it with `netclaims cluster down NAME`',
  },
  'usage/no-archive': {
    meaning: 'A file that `--load` names is not an image archive.',
    remedy: 'name an image archive that `docker save` or `skopeo copy` wrote',
  },
  'usage/no-baseline': {
    meaning: 'A baseline cannot be read.',
    remedy: 'name a file that `netclaims record --output FILE` wrote',
  },
  'usage/no-case': {
    meaning: 'No case of adversary/ has this name.',
    remedy: 'name a folder of adversary/',
  },
  'usage/no-claim': {
    meaning: 'No claim was found where one is needed.',
    remedy: 'mark the sentence with <!-- netclaims: claim -->, or correct the name of the scenario',
  },
  'usage/no-cluster': {
    meaning: 'No cluster has this name.',
    remedy: 'list the clusters with `netclaims cluster list`',
  },
  'usage/no-context': {
    meaning: 'The kubeconfig has no usable context.',
    remedy: 'name a context with `--context`',
  },
  'usage/no-document': {
    meaning: 'A document cannot be read as text.',
    remedy: 'name a Markdown file in UTF-8',
  },
  'usage/no-fault': {
    meaning: 'No fault has this name.',
    remedy: 'name a file of faults/',
  },
  'usage/no-folder': {
    meaning: 'A folder that an option names cannot be read.',
    remedy: 'name a folder that exists and that you may read',
  },
  'usage/no-image-name': {
    meaning: 'An image archive does not name its image.',
    remedy: 'save the image by its name',
  },
  'usage/no-kubeconfig': {
    meaning: 'There is no kubeconfig.',
    remedy: 'name one with `--kubeconfig FILE` or KUBECONFIG, or use `--cluster kind`',
  },
  'usage/no-name': {
    meaning: 'A cluster must be named.',
    remedy: 'name the cluster, or give `--all`',
  },
  'usage/no-network': {
    meaning: 'The value of `--cni` is not a network.',
    remedy: 'see `netclaims verify --help` for the networks, or name a file',
  },
  'usage/no-plugins': {
    meaning: 'The folder of `--cni-bin-dir` has no plugin that could be tested.',
    remedy: 'name the folder of the plugin to test',
  },
  'usage/no-provider': {
    meaning: 'The value of `--cluster` is not a kind of cluster.',
    remedy: 'use one of auto, containerd, kind, kubeconfig',
  },
  'usage/no-report': {
    meaning: 'A report cannot be read.',
    remedy: 'name a file that `--report json=FILE` wrote',
  },
  'usage/node': {
    meaning: 'A step names a node that the cluster lacks.',
    remedy: 'name the node by one of its pods: `in: {node: the node of POD}`',
  },
  'usage/nodes': {
    meaning: 'A cluster cannot have this number of nodes.',
    remedy: 'give `--nodes` a smaller number',
  },
  'usage/nothing-selected': {
    meaning: 'The options select no scenario.',
    remedy: 'change `--selector`: it must match labels in the metadata of a scenario',
  },
  'usage/output': {
    meaning: 'The value of `--output` cannot be used.',
    remedy: 'use text or json',
  },
  'usage/refused': {
    meaning: 'Scenarios use what this cluster cannot do, and do not declare it.',
    remedy: 'declare it in `requires`',
  },
  'usage/report-file': {
    meaning: 'A report cannot be written to this file.',
    remedy: 'name a file that is not a folder',
  },
  'usage/report-folder': {
    meaning: 'The folder of a report cannot be written.',
    remedy: 'name a file in a folder that exists and that you may write to',
  },
  'usage/report-format': {
    meaning: 'The value of `--report` has no known format.',
    remedy: 'write it as FORMAT=FILE, e.g. `--report json=report.json`',
  },
  'usage/report-twice': {
    meaning: 'Two reports would be written to one file.',
    remedy: 'give each `--report` its own file',
  },
  'usage/selector': {
    meaning: 'The value of `--selector` cannot be parsed.',
    remedy: 'write it as KEY=VALUE, separated by commas',
  },
  'usage/shard': {
    meaning: 'The value of `--shard` cannot be parsed.',
    remedy: 'write it as I/N with I from 1 to N',
  },
  'usage/state-folder': {
    meaning: 'Another user owns the folder of kept clusters, or can write to it.',
    remedy: 'make it your own and writable for nobody else, or name another one with NETCLAIMS_STATE_DIR',
  },
} as const satisfies FailureRows;
