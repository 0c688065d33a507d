/** Push subscriptions as a browser's toJSON() gives them, with real keys. */
import { createECDH, createHash } from 'node:crypto'

/**
 * The same name has the same endpoint; `keys` distinguishes a browser from another that claims it.
 */
export function subscription(name: string, keys = name) {
  const ecdh = createECDH('prime256v1')
  ecdh.setPrivateKey(createHash('sha256').update(keys).digest())
  return {
    endpoint: `https://push.example/${name}`,
    expirationTime: null,
    keys: {
      p256dh: ecdh.getPublicKey('base64url'),
      auth: createHash('sha256')
        .update(`auth ${keys}`)
        .digest()
        .subarray(0, 16)
        .toString('base64url'),
    },
  }
}
