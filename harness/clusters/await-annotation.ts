/** On a Pod that is not to get ready: `running` (on Kubernetes) to wait only until its containers run, `nothing` not to wait for it at all. */
export const awaitAnnotation = 'netclaims.dev/await';
