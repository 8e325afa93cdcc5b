/** What stands in the place of a secret. No program prints it by itself, so that who finds it knows that something was taken out. */
export const redactedMark = '[redacted-by-netclaims]';
