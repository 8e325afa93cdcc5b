const suffixes: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** The value of a Kubernetes quantity (`500m` is 0.5, `1Ki` is 1024); undefined when it is none. */
export const parseQuantity = (quantity: string | number): number | undefined => {
  const match = /^([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+))(?:([eE][+-]?[0-9]+)|([a-zA-Z]*))$/.exec(
    String(quantity),
  );
  if (match === null) return undefined;
  const [, number = '', exponent = '', suffix = ''] = match;
  const factor = suffixes[suffix];
  return factor === undefined ? undefined : Number(`${number}${exponent}`) * factor;
};
