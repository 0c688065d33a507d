/** What a browser sends to subscribe, or to change its subscription. `mayCall` says why an endpoint may not be called. */
import { z } from 'zod'
import { wantsSchema } from '../../shared/schemas/wants'
import { pushSubscription } from './push-subscription'

type MayCall = (url: string) => string | undefined

export const newPushReader = (mayCall: MayCall) =>
  z.strictObject({ subscription: pushSubscription(mayCall), wants: wantsSchema.optional() })

/** `subscription` is the endpoint with which the push service replaced the old one (`pushsubscriptionchange`). */
export const changedPushReader = (mayCall: MayCall) => newPushReader(mayCall).partial()
