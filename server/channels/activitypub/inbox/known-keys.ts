/** The keys that activities were signed with lately, and whose they are. */
import type { CryptographicKey, Multikey } from '@fedify/vocab'
import { LRUCache } from 'lru-cache'
import type { RemoteActor } from './remote-actor'

const DAY_MS = 24 * 3600_000

const keys = new LRUCache<string, CryptographicKey | Multikey>({ max: 2000, ttl: DAY_MS })
const owners = new LRUCache<string, RemoteActor>({ max: 2000, ttl: DAY_MS })

/**
 * In the shape of Fedify's KeyCache, which fetches a key anew when a signature does not fit a kept one.
 * That a key could not be had is not kept: how often it is asked for is limited elsewhere.
 */
export const knownKeys = {
  get: async (id: URL) => keys.get(id.href),
  async set(id: URL, key: CryptographicKey | Multikey | null) {
    if (key) keys.set(id.href, key)
    else keys.delete(id.href)
    // Whose it is must be looked up anew, too.
    owners.delete(id.href)
  },
}

export const ownerOf = (keyId: string) => owners.get(keyId)
export const keepOwner = (keyId: string, owner: RemoteActor) => owners.set(keyId, owner)
