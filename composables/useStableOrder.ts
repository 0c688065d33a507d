/** A list whose items keep the order in which they first appeared; new ones go at the end. */
export function useStableOrder<T>(source: () => T[], keyOf: (item: T) => string) {
  const order: string[] = []
  return computed(() => {
    const items = new Map(source().map(item => [keyOf(item), item]))
    for (const key of items.keys()) if (!order.includes(key)) order.push(key)
    return order.flatMap(key => items.get(key) ?? [])
  })
}
