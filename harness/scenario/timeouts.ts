/**
 * How long a step of each kind may take when its `timeout` is not stated. Chainsaw has the same idea with shorter times; ours leave
 * room for pulling an image (apply) and for the 30 s that a pod may take to terminate (delete, restart) and a busy node's runtime to see an end (kill).
 */
export const defaultTimeouts = {
  observe: '30s',
  probe: '10s',
  apply: '2m',
  delete: '1m',
  kill: '30s',
  restart: '1m',
  reconfigure: '30s',
  wait: '30s',
} as const;
