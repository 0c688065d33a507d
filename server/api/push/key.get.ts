/**
 * GET /api/push/key: the public half of our VAPID keys (RFC 8292), which a browser binds its
 * subscription to.
 */
import { defineEventHandler } from 'h3'
import { vapidKeys } from '../../channels/push/identity'

export default defineEventHandler(() => ({ publicKey: vapidKeys().publicKey }))
