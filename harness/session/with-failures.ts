import { failureOf } from '../domain/failure.js';
import { redactTexts } from '../domain/redact-texts.js';
import { redactor } from '../domain/redact.js';
import type { Report } from '../domain/report.js';

/** A report that also names what went wrong beside its worlds. @param secrets texts that no report may show */
export const withFailures = (
  report: Report,
  errors: readonly unknown[],
  secrets: readonly string[] = [],
): Report =>
  errors.length === 0
    ? report
    : {
        ...report,
        failures: [
          ...(report.failures ?? []),
          ...redactTexts(
            errors.map((error) => failureOf(error, '')),
            redactor(secrets),
          ),
        ],
      };
