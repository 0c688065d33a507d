/** Whether two values hold the same at a path as problems name it ("movie.poster.alt"); a path that leads nowhere is the same in both. */
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
