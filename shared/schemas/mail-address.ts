/** An address that an email can be sent to. */
import { z } from 'zod'

/** Trimmed, the part after the @ in its lower-case ASCII form. Quoted names and bare IP addresses are refused: nobody uses them, and they can carry what a header must not. */
export const mailAddress = z
  .string()
  .trim()
  .max(254)
  .transform((address, context) => {
    const at = address.lastIndexOf('@')
    const name = address.slice(0, Math.max(at, 0))
    const host = asciiHost(address.slice(at + 1))
    const wrong = problemWith(at, name, address.slice(at + 1), host)
    if (!wrong) return `${name}@${host}`
    context.addIssue(wrong)
    return z.NEVER
  })

/** What may stand before the @: words joined by single dots (RFC 5322, dot-atom), at most 64 characters. */
export const isLocalPart = (name: string) =>
  name.length <= 64 && /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/.test(name)

function problemWith(
  at: number,
  name: string,
  host: string,
  asciiHost: string | undefined,
): string | undefined {
  if (at < 0 && !host) return 'must not be empty'
  if (at < 0) return 'must have an @'
  if (!name) return 'must have something before the @'
  if (!host) return 'must have something after the @'
  if (name.length > 64) return 'must have at most 64 characters before the @'
  if (!/^[\w.!#$%&'*+/=?^`{|}~-]{1,64}$/.test(name))
    return 'has characters before the @ that no email can be sent to'
  if (!isLocalPart(name)) return 'must have no dot at the start, at the end or twice before the @'
  if (!asciiHost) return 'must end in the name of a mail domain'
}

/** "BÜCHER.example" is "xn--bcher-kva.example"; undefined unless it is a name of at least two parts, the last with a letter. */
function asciiHost(host: string): string | undefined {
  if (!/^[\p{L}\p{M}\p{N}.-]+$/u.test(host)) return undefined
  const name = URL.parse(`http://${host}`)?.hostname ?? ''
  const labels = name.split('.')
  const wellFormed =
    labels.length > 1 &&
    labels.every(label => /^[a-z0-9-]{1,63}$/.test(label) && !/^-|-$/.test(label))
  return wellFormed && /[a-z]/.test(labels.at(-1)!) ? name : undefined
}
