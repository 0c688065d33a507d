/** What the indexes of films and critics show of each. */
import type { Critic } from './review'

/** `newest` is the time of the newest shown review, ISO 8601. */
export interface CriticEntry extends Critic { reviews: number, newest: string }

/** `rating` is that of the newest review, 0 to 5. */
export interface MovieEntry { id: string, title: string, year: number, genres: string[], reviews: number, rating: number }
