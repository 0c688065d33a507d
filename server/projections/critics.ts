/** The critics who ever published, by the name that their first review was signed with. */
import { defineProjection } from '../read-models/define-projection'

/** `position` is that of their first publish: who came first keeps the plain address. */
export interface CriticRow {
  id: string
  name: string
  position: number
}

export default defineProjection<CriticRow>({
  name: 'critics',
  version: 1,
  columns: { id: 'text', name: 'text', position: 'integer' },
  key: event => (event.type === 'ReviewPublished' ? event.data.critic.id : undefined),
  on: {
    ReviewPublished: (row, { position, data: { critic } }) =>
      row ? undefined : { id: critic.id, name: critic.name, position },
  },
})
