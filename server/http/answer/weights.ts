/** Reads Accept and Accept-Encoding: how much a client wants each thing it names (RFC 9110, 12.4.2). */

const WEIGHT = /^q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/

/** By name, in lower case; other parameters than the weight are left out. */
export function readWeights(header = ''): Map<string, number> {
  const weights = new Map<string, number>()
  for (const entry of header.toLowerCase().split(',')) {
    const [name = '', ...parameters] = entry.split(';').map(part => part.trim())
    const weight = Number(parameters.map(part => WEIGHT.exec(part)?.[1]).find(Boolean) ?? 1)
    if (name) weights.set(name, Math.max(weight, weights.get(name) ?? 0))
  }
  return weights
}

/** The weight of a media type: that of the most specific range which has it, else 0. */
export const weightOfType = (weights: Map<string, number>, type: string): number =>
  weights.get(type) ?? weights.get(type.replace(/\/.*/, '/*')) ?? weights.get('*/*') ?? 0
