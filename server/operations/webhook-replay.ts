/** Replays old notices to one webhook, from a position on. */
import { askWebhooks, placeOf } from '../channels/webhooks/audience'
import { webhookPart } from '../channels/webhooks/part'
import { requireWebhook } from '../channels/webhooks/store'
import type { AudienceQuery } from '../delivery/contract/define-reactor'
import { useDeliveryContext } from '../delivery/planning/context'
import { wakeParts } from '../delivery/sending/running-parts'
import { type Replay, replay } from './replay'

/**
 * `from` is the first position that counts; a dry run writes nothing and returns the same.
 * `again` also repeats notices that the webhook already got, with the same ids, for a partner who
 * lost them. Deliveries under way count as `alreadyTold` and are left alone.
 */
export async function replayToWebhook(
  id: string,
  { from, dryRun, again }: { from: number; dryRun: boolean; again?: boolean },
): Promise<Replay> {
  const context = await useDeliveryContext()
  const row = await requireWebhook(context.app, { id })
  const onlyThisWebhook = {
    ...webhookPart(),
    audience: async ({ event, after }: Pick<AudienceQuery, 'event' | 'after'>) =>
      after === '' && (await askWebhooks(event)(row)) ? [placeOf(id)] : [],
  }
  const done = await replay(context, onlyThisWebhook, { from, dryRun, again })
  if (!dryRun) wakeParts()
  return done
}
