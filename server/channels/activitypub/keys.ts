/** The keys that our actors sign with: RSA of 2048 bits, because every server of the fediverse knows it. */
import { createPrivateKey, generateKeyPair } from 'node:crypto'
import { promisify } from 'node:util'
import { appReadOnly, useApp } from '../../db/open'
import { keyUrl } from './addresses'

/** `id` is the key's address. */
export interface SigningKey {
  id: string
  publicPem: string
  privateKey: CryptoKey
}

const ALGORITHM = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
const imported = new Map<string, Promise<CryptoKey>>()

/** The newest key of an actor, made when it is first needed. */
export async function signingKey(actor: string): Promise<SigningKey> {
  const row = (await newestKey(actor)) ?? (await addKey(actor))
  const id = keyUrl(actor, row.number)
  const known = imported.get(row.private_pem) ?? importKey(row.private_pem)
  imported.set(row.private_pem, known)
  return { id, publicPem: row.public_pem, privateKey: await known }
}

/**
 * Adds a key, with which the actor signs from now on, and returns it. It has an address of its own, so
 * that other servers fetch it when they first meet it.
 */
export async function addKey(actor: string) {
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  const number = ((await newestKey(actor))?.number ?? 0) + 1
  const app = await useApp()
  // Another process may have been first.
  await app
    .insertInto('fediverse_keys')
    .values({
      actor,
      number,
      public_pem: publicKey,
      private_pem: privateKey,
      created_at: Date.now(),
    })
    .onConflict(there => there.doNothing())
    .execute()
  return (await newestKey(actor))!
}

const newestKey = (actor: string) =>
  appReadOnly()
    .selectFrom('fediverse_keys')
    .select(['number', 'public_pem', 'private_pem'])
    .where('actor', '=', actor)
    .orderBy('number', 'desc')
    .executeTakeFirst()

function importKey(pem: string): Promise<CryptoKey> {
  const der = createPrivateKey(pem).export({ type: 'pkcs8', format: 'der' })
  // Fedify signs only with keys that could be exported.
  return crypto.subtle.importKey('pkcs8', der, ALGORITHM, true, ['sign'])
}
