/** A scenario on what a command in a pod of the fake cluster answers, which is nothing and the exit code 0; its topic is its name. */
export const answeringScenario = (name: string, that: string): string =>
  `apiVersion: netclaims.dev/v1
kind: Scenario
metadata: { name: ${name}, labels: { topic: ${name} } }
spec:
  claim: A command answers.
  manifests:
    - { apiVersion: v1, kind: Pod, metadata: { name: web }, spec: { containers: [{ name: nginx, image: nginx }] } }
  steps: [{ probe: { name: answer, in: { pod: web, container: nginx }, run: ['true'] } }]
  expect: [{ id: answers, says: It answers., that: ${that} }]
`;

/** An expression that holds of it, and one that is refuted. */
export const answers = 'probes.answer.exitCode == 0';
export const fails = 'probes.answer.exitCode == 1';
