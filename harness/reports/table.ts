import { displayWidth, padded } from './layout.js';
import { visible } from './visible.js';

/** Rows of cells as lines with aligned columns, two blanks between them. */
export const table = (rows: readonly (readonly string[])[]): readonly string[] => {
  const cells = rows.map((row) => row.map(visible));
  const columns = Math.max(0, ...cells.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...cells.map((row) => displayWidth(row[column] ?? ''))),
  );
  return cells.map((row) =>
    row
      .map((cell, column) => padded(cell, widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
};
