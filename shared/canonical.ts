/** Canonical JSON: equal values give equal text, with sorted keys and no spaces (RFC 8785). */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(item => canonical(item ?? null)).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const members = value as Record<string, unknown>
  return `{${Object.keys(members)
    .sort()
    .filter(key => members[key] !== undefined)
    .map(key => `${JSON.stringify(key)}:${canonical(members[key])}`)
    .join(',')}}`
}
