/** The rooms and the rules between them, as dependency-cruiser is given them. */
import { createRequire } from 'node:module'
import type { IConfiguration } from 'dependency-cruiser'

interface Walls extends Required<Pick<IConfiguration, 'forbidden' | 'options'>> {
  /** What each room may import, from the ground up. */
  ROOMS: Record<string, string[]>
  /** The rooms that nothing imports. */
  DOORS: string[]
}

export const { ROOMS, DOORS, forbidden, options } = createRequire(import.meta.url)(
  '../../.dependency-cruiser.cjs',
) as Walls
