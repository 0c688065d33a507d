/** The public half of our VAPID keys (RFC 8292), which a browser ties its subscription to. */
import { defineEventHandler } from 'h3'
import { vapidKeys } from '../../channels/push/identity'

export default defineEventHandler(() => ({ publicKey: vapidKeys().publicKey }))
