/** Whether two values are equal at a path such as "movie.poster.alt"; a path that exists in neither counts as equal. */
export function equalAtPath(path: string, one: unknown, other: unknown): boolean {
  const at = (value: unknown) =>
    path
      .split('.')
      .reduce<unknown>(
        (inner, key) => (inner as Record<string, unknown> | null | undefined)?.[key],
        value,
      )
  return JSON.stringify(at(one)) === JSON.stringify(at(other))
}
