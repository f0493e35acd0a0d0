/** The index of the first of the ascending `values` that is not below `bound`; their count when all are. */
export function lowerBound(values: readonly string[], bound: string): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] as string) < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether the ascending `values` hold `value`. */
export const includesSorted = (values: readonly string[], value: string): boolean =>
  values[lowerBound(values, value)] === value;
