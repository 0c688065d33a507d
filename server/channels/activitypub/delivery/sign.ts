/**
 * Signs requests with the two kinds of HTTP signatures that the fediverse uses: draft-cavage-12, which
 * every server takes, and RFC 9421, which new ones ask for.
 */
import { actorAt } from '../addresses'
import { signingKey } from '../keys'

export type SignatureKind = 'cavage' | 'rfc9421'

const SPECS = { cavage: 'draft-cavage-http-signatures-12', rfc9421: 'rfc9421' } as const

export const otherKind = (kind: SignatureKind): SignatureKind =>
  kind === 'cavage' ? 'rfc9421' : 'cavage'

/** `sender` is the address of one of our actors. */
export async function sign(
  request: Request,
  sender: string,
  kind: SignatureKind,
): Promise<Request> {
  const actor = actorAt(sender)
  if (actor === undefined) throw new TypeError(`${sender} is no actor of ours`)
  const { signRequest } = await import('@fedify/fedify/sig')
  const { id, privateKey } = await signingKey(actor)
  return signRequest(request, privateKey, new URL(id), { spec: SPECS[kind] })
}
