/**
 * What a signature must cover, so that it cannot be used for another body, address or server: the libraries
 * check that it is right, not that it is enough.
 */

/** Why a signature is not enough, as the end of a sentence about it; undefined when it is. */
export function missingCoverage(headers: Headers, label?: string): string | undefined {
  const signature = headers.get('signature') ?? ''
  const covered = headers.has('signature-input')
    ? componentsOf(headers.get('signature-input')!, label)
    : headersOf(signature)
  if (!covered) return 'cannot be read'
  const missing = headers.has('signature-input') ? lacksOfRfc(covered) : lacksOfCavage(covered)
  return missing.length ? `does not cover ${missing.join(' and ')}` : undefined
}

const lacksOfCavage = (covered: string[]) =>
  ['(request-target)', 'host', 'date', 'digest'].filter(name => !covered.includes(name))

const lacksOfRfc = (covered: string[]) =>
  Object.entries(ENOUGH)
    .filter(([, ways]) => !ways.some(way => way.every(name => covered.includes(name))))
    .map(([what]) => what)

/** Each has several names (RFC 9421, 2.2). */
const ENOUGH: Record<string, string[][]> = {
  'the method': [['@method'], ['@request-target']],
  'the address': [
    ['@target-uri'],
    ['@authority', '@path'],
    ['@authority', '@request-target'],
    ['host', '@path'],
    ['host', '@request-target'],
  ],
  'the digest of the body': [['content-digest']],
}

/** The headers that a draft-cavage signature names, in small letters; undefined if it names them twice. */
function headersOf(signature: string): string[] | undefined {
  // Others split at commas, and could find a list inside a quoted value.
  if (signature.match(/headers\s*=/gi)?.length !== 1) return undefined
  const lists = [...signature.matchAll(/(?:^|,)\s*headers="([^"]*)"/gi)]
  return lists.length === 1 ? lists[0]![1]!.toLowerCase().split(/\s+/) : undefined
}

const MEMBER =
  /\s*(?<label>[a-z*][a-z0-9_.*-]*)=\((?<list>(?:"[^"\\]*"(?: +"[^"\\]*")*)?)\)(?:;\s*[a-z*][\w.*-]*(?:=(?:"(?:[^"\\]|\\.)*"|[\w.:+/*-]+))?)*\s*(?:,|$)/y

/** The components of one signature, or of the only one; undefined for a header that is written otherwise. */
function componentsOf(input: string, label?: string): string[] | undefined {
  const found = new Map<string, string[]>()
  MEMBER.lastIndex = 0
  while (MEMBER.lastIndex < input.length) {
    const { groups } = MEMBER.exec(input) ?? {}
    if (!groups || found.has(groups.label!)) return undefined
    found.set(
      groups.label!,
      [...groups.list!.matchAll(/"([^"]*)"/g)].map(([, name]) => name!.toLowerCase()),
    )
  }
  return label === undefined && found.size === 1 ? [...found.values()][0] : found.get(label ?? '')
}
