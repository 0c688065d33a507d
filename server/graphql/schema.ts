/** The GraphQL schema, with all its types. */
import { builder } from './builder'
import { addCritic } from './types/critic'
import { addEvents } from './types/event'
import { addGenres } from './types/genre'
import { addMovie } from './types/movie'
import { addLists } from './types/query'
import { addRatings } from './types/ratings'
import { addReview } from './types/review'
import { addSearch } from './types/search'

/** Called, because the build leaves out a module of which nothing is used. */
const TYPES = [
  addReview,
  addMovie,
  addCritic,
  addLists,
  addRatings,
  addGenres,
  addSearch,
  addEvents,
]
for (const add of TYPES) add()

export const schema = builder.toSchema()
