type Optional<Props> = { [Key in keyof Props]-?: undefined extends Props[Key] ? Key : never }[keyof Props];

/**
 * Throws for a prop that is given as `undefined` although it has no default. TypeScript prevents it; from JavaScript or
 * through a cast it would be taken for `false`, or for a default that nobody chose.
 */
export function refuseUndefined<Props extends object>(
  where: string,
  props: Props,
  optional: readonly Optional<Props>[] = [],
): void {
  for (const [prop, value] of Object.entries(props)) {
    if (value === undefined && !optional.some((name) => name === prop))
      throw new Error(`${where}: ${prop} is undefined; give it a value`);
  }
}
