/** Old notices for one webhook, from a position on. */
import { NOTICE_TYPE, type PublicEventType } from '../../shared/types/notice'
import { placeOf } from '../channels/webhooks/audience'
import { webhookPart } from '../channels/webhooks/part'
import { listOf, requireWebhook } from '../channels/webhooks/store'
import { useDeliveryContext } from '../delivery/planning/context'
import { wakeParts } from '../delivery/sending/running-parts'
import { type Replay, replay } from './replay'

/**
 * `from` is the first position that counts; a dry run writes nothing and returns the same.
 * `again`: also what the webhook was told already, with the same ids, for a partner who lost it.
 * What is under way is `alreadyTold` and left alone.
 */
export async function replayToWebhook(
  id: string,
  { from, dryRun, again }: { from: number; dryRun: boolean; again?: boolean },
): Promise<Replay> {
  const context = await useDeliveryContext()
  const wanted = listOf((await requireWebhook(context.app, id)).types)
  const wants = (type: string) => !wanted || wanted.includes(NOTICE_TYPE[type as PublicEventType])
  const alone = {
    ...webhookPart(),
    audience: async ({ event, after }: { event: { type: string }; after: string }) =>
      after === '' && wants(event.type) ? [placeOf(id)] : [],
  }
  const done = await replay(context, alone, { from: Math.max(1, from), dryRun, again })
  if (!dryRun) wakeParts()
  return done
}
